using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Rectifications;

/// <summary>A rectification of bank-a's branch b7 and the people around it.</summary>
internal static class Mending
{
    public const string Duty = "cn.a";
    public const string Other = "cn.b";
    public static readonly MemberCode BankA = MemberCode.Parse("bank-a");
    public static readonly Instant Start = At("2026-03-02T08:00:00Z");

    public static readonly Actor Opener = new("person:opener", null, Roles(Casework.Members.Roles.DutyOfficer));
    public static readonly Actor Clerk = new("person:clerk", BankA, Roles(Casework.Members.Roles.MemberClerk));
    public static readonly Actor Stranger = new("person:stranger", MemberCode.Parse("bank-b"), Roles(Casework.Members.Roles.MemberClerk));
    public static readonly Actor Li = new("person:li", null, Roles(Casework.Members.Roles.DutyOfficer, Casework.Members.Roles.Supervisor));
    public static readonly Actor Wang = new("person:wang", null, Roles(Casework.Members.Roles.PoliceOfficer, Casework.Members.Roles.Supervisor));
    public static readonly Actor Zhao = new("person:zhao", null, Roles(Casework.Members.Roles.Supervisor));
    public static readonly Actor Own = new("person:own", BankA, Roles(Casework.Members.Roles.Supervisor));
    public static readonly Actor Controls = Actor.System("controls");

    public static LadderPack Cn { get; } = LadderPack.Load(ShippedPack.PathOf("packs", "cn", "ladder.yaml"));

    public static RectificationTerms Terms => Cn.Terms;

    private static int ids;

    public static Guid NewId() => new(Interlocked.Increment(ref ids), 0, 7, new byte[8]);

    public static Instant Day(double days) => Start + TimeSpan.FromDays(days);

    public static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    public static RectificationCause Cause(string? unit = "b7") => new(BankA, unit, unit is null ? "duty:" + Duty : "link:account");

    public static Shortcoming Found(double day, string duty = Duty, bool measured = true, Guid? finding = null, RectificationCause? cause = null) =>
        new(cause ?? Cause(), duty, measured, new Wording("开户未核验", "Accounts opened unchecked"), Day(day), ["signal:bank-a/s1"], finding ?? NewId(), null);

    public static ControlReading Reading(double from, double to, ControlVerdict verdict, string duty = Duty, string member = "bank-a", string? unit = "b7") =>
        new(new ControlSubject(duty, MemberCode.Parse(member), unit), Day(from), Day(to), 100, verdict == ControlVerdict.Burnt ? 40 : 0, 10_000, verdict, []);

    public static Shortcoming Burnt(double from, double to, string duty = Duty) =>
        new(Cause(), duty, true, new Wording("开户未核验", "Accounts opened unchecked"), Day(from), [], null, Reading(from, to, ControlVerdict.Burnt, duty));

    public static Rectification Open(Shortcoming? found = null, double day = 0) =>
        new Rectification().Do(new OpenRectification(NewId(), "M-2026-000001", found ?? Found(day - 1), "hash", Terms, Cn.DueOf(Day(day))), Opener, day);

    /// <summary>One that was claimed to be mended on day 10, so that its recheck ends on day 38.</summary>
    public static Rectification Claimed(bool measured = true) =>
        Open(Found(-1, measured: measured)).Do(Planned(20), Clerk, 2).Do(Done, Clerk, 10);

    public static PlanRectification Planned(double until) => new("逐户复核", "王经理", Day(until));

    public static ClaimRectified Done { get; } = new("已复核全部账户", ["paper:1"]);

    /// <summary>Carries a command out on a day; it must be accepted.</summary>
    public static Rectification Do(this Rectification state, RectificationCommand command, Actor actor, double day)
    {
        var decision = RectificationRules.Decide(state, command, actor, Day(day));
        Assert.Null(decision.Refusal);
        foreach (var happened in decision.Events) state.Apply(happened);
        return state;
    }

    public static string? Refused(this Rectification state, RectificationCommand command, Actor actor, double day) =>
        RectificationRules.Decide(state, command, actor, Day(day)).Refusal?.Code;

    public static LadderStep Do(this LadderStep step, StepCommand command, Actor actor, double day)
    {
        var decision = StepRules.Decide(step, command, actor, Day(day));
        Assert.Null(decision.Refusal);
        foreach (var happened in decision.Events) step.Apply(happened);
        return step;
    }

    public static string? Refused(this LadderStep step, StepCommand command, Actor actor, double day) => StepRules.Decide(step, command, actor, Day(day)).Refusal?.Code;

    private static HashSet<string> Roles(params string[] roles) => [.. roles];
}
