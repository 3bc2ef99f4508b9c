using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Engine.Rules;

namespace Cordon.Casework.Evaluations;

/// <summary>What sort of figure a measure gives.</summary>
public enum MeasureKind
{
    /// <summary>A share of occasions: it has bounds, and says nothing of too few.</summary>
    Share,

    /// <summary>How often something happened that somebody decided; chance has no part in it.</summary>
    Count,

    /// <summary>A sum of money in minor units.</summary>
    Money,
}

/// <summary>One figure of a member that records give.</summary>
/// <param name="Name">Its name in formulas.</param>
/// <param name="Kind">What sort.</param>
/// <param name="Title">What it tells.</param>
/// <param name="Occasion">Of a share: what is an occasion and what a fault; of others: what is counted.</param>
public sealed record Measure(string Name, MeasureKind Kind, Wording Title, Wording Occasion);

/// <summary>All figures that records give of a member in a period. What is not here cannot stand in a formula.</summary>
public static class MeasureCatalogue
{
    internal const string OrdersAcknowledged = "ordersAcknowledged";
    internal const string ClaimsHeld = "claimsHeld";
    internal const string OrdersUpheld = "ordersUpheld";
    internal const string CleanAccounts = "cleanAccounts";
    internal const string CleanLines = "cleanLines";
    internal const string RectificationsOpened = "rectifications.opened";
    internal const string RectificationsOverdue = "rectifications.overdue";
    internal const string RectificationsMended = "rectifications.mended";
    internal const string RectificationsRelapsed = "rectifications.relapsed";
    internal const string StepsIssued = "ladder.steps";
    internal const string ResolutionsOverdue = "resolutions.overdue";
    internal const string MoneyOrdered = "money.ordered";
    internal const string MoneyHeld = "money.held";

    /// <summary>The measures, by name.</summary>
    public static ImmutableArray<Measure> All { get; } = [.. Controls().Concat(Others()).OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>What formulas can speak of: of each share <c>kept</c>, <c>perTenThousand</c> and whether it was <c>told</c>; of the others the name itself.</summary>
    public static ImmutableArray<FormulaName> Names { get; } = [.. All.SelectMany(NamesOf).OrderBy(n => n.Name, StringComparer.Ordinal)];

    /// <summary>The measure of a name; null where there is none.</summary>
    public static Measure? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    /// <summary>The measures that a formula uses, by name.</summary>
    public static ImmutableArray<Measure> Of(Formula formula) =>
        [.. All.Where(m => formula.Names.Any(n => n == m.Name || (m.Kind == MeasureKind.Share && n.StartsWith(m.Name + ".", StringComparison.Ordinal))))];

    private static IEnumerable<FormulaName> NamesOf(Measure m) => m.Kind == MeasureKind.Share
        ? [new(m.Name + ".kept"), new(m.Name + ".perTenThousand"), new(m.Name + ".told", IsTruth: true)]
        : [new(m.Name)];

    private static IEnumerable<Measure> Controls() => ControlPlan.Measures.Select(c => new Measure(
        Words.Of(c), MeasureKind.Share, TitleOf(c), new Wording("见“控制”：记录中每次检验该义务为一次，未履行为一次失误", "As counted by the control: each record that puts the duty to the test, and each time it was not kept")));

    private static Wording TitleOf(DutyControl control) => control switch
    {
        DutyControl.SpoofedCallsLetIn => new("拦截境外来电冒用境内号码", "True numbers of calls from abroad"),
        DutyControl.LineIdentityVerified => new("开户实名核验（电话卡）", "Lines opened with the holder's identity checked"),
        DutyControl.LinesPerPerson => new("一人办卡数量限制", "Lines a person holds"),
        DutyControl.IotCardsUsedForVoice => new("物联网卡限定用途", "Cards for things kept to things"),
        DutyControl.AccountIdentityVerified => new("开户实名核验（账户）", "Accounts opened with the holder's identity checked"),
        DutyControl.DebitCardsPerPerson => new("一人开户数量限制", "Accounts a person holds"),
        DutyControl.DormantAccountsSuspended => new("休眠账户暂停使用", "Dormant accounts suspended"),
        DutyControl.PassThrough => new("快进快出可疑资金监测", "Money that runs straight through"),
        DutyControl.PoolReferenceGiven => new("资金池付款订单号完整", "Pool payments with their order reference"),
        DutyControl.StopAcknowledged => new("止付指令及时签收", "Stop orders acknowledged in time"),
        DutyControl.EnquiryAnswered => new("查询及时答复", "Enquiries answered in time"),
        DutyControl.ReturnInTime => new("返还按期支付", "Returns paid in time"),
        DutyControl.SuspectAccountsRestricted => new("预警后未放行被骗付款", "No transfers after a warning"),
        DutyControl.UnfrozenInTime => new("对指令的申诉按期决定", "Appeals against orders decided in time"),
        DutyControl.AppealChannelKept => new("受限人员的申诉按期决定", "Appeals of restricted people decided in time"),
        DutyControl.VictimsDissuaded => new("潜在被害人按时劝阻", "Likely victims reached in time"),
        DutyControl.SellerMeasuresBounded => new("未为受限人员违规开户", "Nothing opened for restricted people"),
        DutyControl.RestrictionsExplained => new("人员限制告知和放开及时", "Restrictions on people told and let go of in time"),
        DutyControl.LeadFeedback => new("线索按期反馈", "Feedback on leads given in time"),
        _ => throw new InvalidOperationException($"The control {control} has no title as a measure."),
    };

    private static IEnumerable<Measure> Others() =>
    [
        new(OrdersAcknowledged, MeasureKind.Share, new("各类指令按时签收", "Orders of all kinds acknowledged in time"),
            new("期内下达、签收期限已过的指令为一次；逾期或未签收为一次失误；期限前已撤回者不计", "An order issued in the period whose time to acknowledge is over; acknowledged late or never is a fault; ended before its time counts as nothing")),
        new(ClaimsHeld, MeasureKind.Share, new("整改声明属实", "Claims to have mended that held"),
            new("期内对整改声明的每次复核为一次；被推翻为一次失误", "A recheck of a claim decided in the period; refuted is a fault")),
        new(OrdersUpheld, MeasureKind.Share, new("采取的限制措施未被申诉推翻", "Restrictions ordered that no appeal overturned"),
            new("该单位期内下达的止付、冻结、停号、封号、下架为一次，未经确认而失效或未能执行者不计；因申诉成立而解除为一次失误", "A stop, freeze, suspension, block or taking down that the member ordered in the period, unless it lapsed unconfirmed or was declined; lifted by an upheld appeal is a fault")),
        new(CleanAccounts, MeasureKind.Share, new("未涉案账户", "Accounts not involved in fraud"),
            new("期末前已报送的每个账户为一次；期内下达的止付或冻结已执行且未因申诉解除为一次失误", "Each account told of before the period's end; a stop or freeze ordered in the period that was carried out and not lifted by an appeal is a fault")),
        new(CleanLines, MeasureKind.Share, new("未涉案号码", "Numbers not involved in fraud"),
            new("期末前已报送的每个号码为一次；期内下达的停号或封号已执行且未因申诉解除为一次失误", "Each line told of before the period's end; a suspension or block ordered in the period that was carried out and not lifted by an appeal is a fault")),
        new(RectificationsOpened, MeasureKind.Count, new("新立整改", "Rectifications opened"), new("期内责令整改的件数，已撤销者不计", "Opened in the period; withdrawn ones do not count")),
        new(RectificationsOverdue, MeasureKind.Count, new("整改逾期次数", "Deadlines of rectifications that passed"), new("期内整改期限届满而未完成的次数，已撤销者不计", "Deadlines that passed in the period without a claim; withdrawn ones do not count")),
        new(RectificationsMended, MeasureKind.Count, new("整改到位", "Rectifications mended"), new("期内复核认定整改到位的件数", "Shown mended in the period")),
        new(RectificationsRelapsed, MeasureKind.Count, new("整改反弹", "Rectifications that relapsed"), new("期内整改到位后又出现同一漏洞的次数", "Came back in the period after they had been mended")),
        new(StepsIssued, MeasureKind.Count, new("问责措施", "Steps of the ladder"), new("期内对该单位生效且未被撤销的通报、约谈、挂牌等文书", "Documents against the member that came into force in the period and were not revoked")),
        new(ResolutionsOverdue, MeasureKind.Count, new("联席会议任务逾期", "Tasks of the conference that were not done in time"), new("期限在期内届满而责任单位未报完成的任务，中心自身的任务同样计算", "Tasks whose date passed in the period before the owner said that they were done; those of the centre count like any other")),
        new(MoneyOrdered, MeasureKind.Money, new("要求止付金额", "Money ordered to be stopped"), new("期内下达的止付指令金额合计（本币）；取决于单位规模", "The sum of stop orders issued in the period, in the jurisdiction's currency; it depends on the member's size")),
        new(MoneyHeld, MeasureKind.Money, new("实际止付金额", "Money held"), new("上述指令下实际止付金额合计（本币）；取决于单位规模", "What was really held under them; it depends on the member's size")),
    ];
}
