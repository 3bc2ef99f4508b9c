using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;

namespace Cordon.Simulator.Year;

/// <summary>The duties that can fail in the year, by their ids in the pack of mainland China.</summary>
internal static class YearDuties
{
    public const string TrueCaller = "cn.atf.13.true-caller-id";
    public const string RealNameLine = "cn.atf.9.real-name-line";
    public const string LineLimit = "cn.atf.10.line-limit";
    public const string IotScope = "cn.atf.12.iot-scope";
    public const string RealNameAccount = "cn.atf.15.customer-due-diligence";
    public const string CardLimit = "cn.six.debit-cards";
    public const string Dormant = "cn.pboc261.dormant-accounts";
    public const string PassThrough = "cn.atf.18.suspicious-transactions";
    public const string PoolReference = "cn.atf.19.transaction-data";
    public const string StopAnswer = "cn.atf.20.stop-payment";
    public const string EnquiryAnswer = "cn.ours.enquiry-answered";
    public const string ReturnPaid = "cn.return41.three-days";
}

/// <summary>
/// Which duty fails how often on which day: the loopholes planted, what their members do when called upon, and the
/// slips of the pen that everybody makes.
/// </summary>
internal sealed class YearLoopholes
{
    private readonly ImmutableArray<State> states;
    private readonly ILookup<(string Duty, MemberCode Member), State> byMember;
    private readonly Dictionary<(string Duty, MemberCode Member, string? Unit), int> innocentClaims = [];
    private readonly Dictionary<(string Duty, MemberCode Member), int> care = [];
    private readonly Dice carelessness;

    public YearLoopholes(ImmutableArray<YearMember> members, Dice dice)
    {
        carelessness = dice.Fork(1);
        states = [.. Plant(members, dice).Select(l => new State(l, dice.Fork((ulong)l.FromDay ^ (ulong)l.FaultsPerMille)))];
        byMember = states.ToLookup(s => (s.Planted.Duty, s.Planted.Member));
    }

    public ImmutableArray<YearLoophole> Planted => [.. states.Select(s => s.Planted)];

    /// <summary>Faults per million occasions on a day.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="member">Whose.</param>
    /// <param name="unit">Through which unit.</param>
    /// <param name="day">The day.</param>
    /// <param name="allowed">What the plan of controls allows, per million: honest members err less, some hardly less.</param>
    public int RateOf(string duty, MemberCode member, string? unit, int day, int allowed)
    {
        foreach (var state in byMember[(duty, member)])
            if ((state.Planted.Unit is null || state.Planted.Unit == unit) && state.IsOpen(day))
                return state.Planted.FaultsPerMille * 1000;
        if (!care.TryGetValue((duty, member), out var percent)) care.Add((duty, member), percent = carelessness.Between(2, 85));
        return allowed * percent / 100;
    }

    public bool IsOpen(YearLoophole planted, int day) => Of(planted).IsOpen(day);

    public ImmutableArray<YearSpan> SpansOf(YearLoophole planted) => Of(planted).Spans;

    /// <summary>The member is called upon to mend; each further demand (refuted, overdue, a rung of the ladder) is told, too.</summary>
    public void Demand(string duty, MemberCode member, string? unit, int day)
    {
        var concerned = byMember[(duty, member)].Where(s => s.Planted.Unit is null || unit is null || s.Planted.Unit == unit).ToList();
        foreach (var state in concerned) state.Demand(day);
        // Who has nothing to mend looks, finds nothing and says so.
        if (concerned.Count == 0) innocentClaims.TryAdd((duty, member, unit), day + InnocentLooks);
    }

    /// <summary>The members that say on a day that they mended.</summary>
    public IEnumerable<(string Duty, MemberCode Member, string? Unit)> ClaimsOn(int day)
    {
        foreach (var state in states)
            if (state.ClaimsOn(day))
                yield return (state.Planted.Duty, state.Planted.Member, state.Planted.Unit);
        foreach (var (who, at) in innocentClaims)
            if (at == day)
                yield return who;
    }

    private State Of(YearLoophole planted) => states.Single(s => s.Planted == planted);

    // One to three of a kind, at different members; of those with units some within a unit and some, where it makes sense, of the whole.
    private static IEnumerable<YearLoophole> Plant(ImmutableArray<YearMember> members, Dice dice)
    {
        var manners = new Queue<YearManner>();
        IEnumerable<YearLoophole> Of(string duty, int least, int most, bool within, params ProvinceSector[] sectors)
        {
            var who = Shuffled([.. members.Where(m => sectors.Contains(m.Sector))], dice);
            for (var i = Math.Min(dice.Between(1, 3), who.Length - 1); i > 0; i--)
            {
                // Not in the last unit: that of a virtual operator hardly sells, and nobody could tell.
                var unit = within && dice.Below(2) == 0 ? dice.Pick(who[i].Units.AsSpan()[..^1].ToArray()) : null;
                if (manners.Count == 0) manners = new Queue<YearManner>(Shuffled([.. Manners], dice));
                var planted = new YearLoophole(duty, who[i].Code, unit, dice.Between(least, most), dice.Between(15, 170), manners.Dequeue());
                yield return planted;
                // A reseller that does not look at papers does not count lines either: two loopholes of one cause, mended at once or not at all.
                if (duty == YearDuties.RealNameLine && unit is not null && dice.Below(2) == 0) yield return planted with { Duty = YearDuties.LineLimit };
            }
        }
        List<YearLoophole> all =
        [
            .. Of(YearDuties.TrueCaller, 8, 80, false, ProvinceSector.Telecom),
            .. Of(YearDuties.RealNameLine, 50, 400, true, ProvinceSector.Telecom, ProvinceSector.VirtualOperator),
            .. Of(YearDuties.LineLimit, 50, 400, true, ProvinceSector.Telecom, ProvinceSector.VirtualOperator),
            .. Of(YearDuties.IotScope, 5, 60, true, ProvinceSector.Telecom, ProvinceSector.VirtualOperator),
            .. Of(YearDuties.RealNameAccount, 50, 400, true, ProvinceSector.Bank),
            .. Of(YearDuties.CardLimit, 50, 400, true, ProvinceSector.Bank),
            .. Of(YearDuties.Dormant, 80, 400, false, ProvinceSector.Bank),
            .. Of(YearDuties.PassThrough, 150, 600, false, ProvinceSector.Bank),
            .. Of(YearDuties.PoolReference, 40, 300, false, ProvinceSector.PaymentInstitution),
            .. Of(YearDuties.StopAnswer, 300, 900, false, ProvinceSector.Bank, ProvinceSector.PaymentInstitution),
            .. Of(YearDuties.EnquiryAnswer, 350, 900, false, ProvinceSector.PaymentInstitution),
            .. Of(YearDuties.ReturnPaid, 350, 900, false, ProvinceSector.Bank),
        ];
        return all.DistinctBy(l => (l.Duty, l.Member));
    }

    private static ImmutableArray<T> Shuffled<T>(T[] items, Dice dice)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = dice.Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
        return [.. items];
    }

    private const int InnocentLooks = 7;

    private static readonly ImmutableArray<YearManner> Manners =
    [
        YearManner.Mends, YearManner.Mends, YearManner.PaperFirst, YearManner.PaperOnly, YearManner.Neglects, YearManner.Relapses,
    ];

    /// <summary>One loophole as its member deals with it.</summary>
    private sealed class State(YearLoophole planted, Dice dice)
    {
        private readonly List<int> turns = [planted.FromDay];
        private int demands;
        private int claimOn = int.MinValue;

        public YearLoophole Planted => planted;

        /// <summary>It opens and closes by turns.</summary>
        public bool IsOpen(int day) => turns.Count(t => t <= day) % 2 == 1;

        public ImmutableArray<YearSpan> Spans => [.. turns.Chunk(2).Select(pair => new YearSpan(pair[0], pair.Length > 1 ? pair[1] : null))];

        public bool ClaimsOn(int day) => claimOn == day;

        public void Demand(int day)
        {
            // A demand while the last claim is still to come changes nothing.
            if (claimOn >= day) return;
            demands++;
            var claim = day + dice.Between(6, 14);
            switch (planted.Manner)
            {
                case YearManner.Mends: Close(claim); break;
                case YearManner.PaperFirst when demands >= 2: Close(claim); break;
                case YearManner.Neglects when demands < 3: return;
                case YearManner.Neglects: Close(claim); break;
                case YearManner.Relapses:
                    Close(claim);
                    if (turns.Count == 2) turns.Add(claim + dice.Between(60, 80));
                    break;
            }
            claimOn = claim;
        }

        private void Close(int day)
        {
            if (IsOpen(day)) turns.Add(day);
        }
    }
}
