using System.Globalization;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Registers;
using Cordon.Casework.Restitution;
using Cordon.Engine.Signals;
using Spectre.Console;

namespace Cordon.Demo;

/// <summary>Failed duties of one member.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Title">What it asks, in English.</param>
/// <param name="Member">The member.</param>
/// <param name="Count">How often.</param>
internal sealed record DutyCount(string Duty, string Title, MemberCode Member, int Count);

/// <summary>What a played province came to.</summary>
/// <param name="Seed">The province.</param>
/// <param name="Signals">Signals in.</param>
/// <param name="Alerts">Signals that were not let pass.</param>
/// <param name="Reports">Reports received.</param>
/// <param name="Cases">Cases.</param>
/// <param name="Currency">The currency of all sums, which are minor units.</param>
/// <param name="Least">Where the reported money is, with unknown opening balances as small as they can be.</param>
/// <param name="Most">The same with unknown opening balances larger than all payments.</param>
/// <param name="Unmatched">Reported money that no signal shows.</param>
/// <param name="Conserved">Whether every fen of the reported money is in exactly one place, at both ends and in every case.</param>
/// <param name="Orders">Orders by state.</param>
/// <param name="Ledgers">Ledgers of held money by state.</param>
/// <param name="Findings">Failed duties by duty and member.</param>
/// <param name="ToMend">Loopholes that members are called upon to mend.</param>
/// <param name="Burning">Members, or units of theirs, that err beyond what a control allows and beyond chance.</param>
/// <param name="Seconds">How long the play took.</param>
internal sealed record DemoSummary(
    ulong Seed, long Signals, long Alerts, int Reports, int Cases, Currency Currency, LossPlaces Least, LossPlaces Most, long Unmatched, bool Conserved,
    IReadOnlyDictionary<OrderState, int> Orders, IReadOnlyDictionary<LedgerState, int> Ledgers, IReadOnlyList<DutyCount> Findings, int ToMend, int Burning, double Seconds)
{
    private const int AllCases = 500;
    private const int AllFindings = 100_000;

    /// <summary>Takes it from the façades.</summary>
    public static async Task<DemoSummary> TakeAsync(ulong seed, IServiceProvider services, TimeSpan elapsed)
    {
        var actor = Actor.System("demo");
        var view = await services.GetRequiredService<Situation>().NowAsync();
        var cases = await services.GetRequiredService<CaseDesk>().ListAsync(actor, new CaseFilter { Limit = AllCases });
        var findings = await services.GetRequiredService<FindingDesk>().ListAsync(actor, limit: AllFindings);
        var pack = services.GetRequiredService<DutyPack>();
        string TitleOf(string duty) => pack.Duties.LastOrDefault(d => d.Id == duty)?.Title.En ?? duty;
        LossPlaces Sum(Func<Case, LossPlaces> end) => cases.Aggregate(LossPlaces.Empty, (sum, c) => sum + end(c));
        var whole = cases.TrueForAll(c => c.Losses.Least.Sum == c.Losses.Least.Reported && c.Losses.Most.Sum == c.Losses.Most.Reported
            && c.Losses.Least.Reported == c.Seeds.Sum(s => s.Amount.Minor));
        return new DemoSummary(
            seed, view.Signals, view.Alerts, view.Reports, view.Cases, Currency.Cny, Sum(c => c.Losses.Least), Sum(c => c.Losses.Most), cases.Sum(c => c.UnmatchedMinor), whole,
            view.Orders, (await services.GetRequiredService<RestitutionDesk>().ListAsync(actor, null, null, AllCases)).CountBy(l => l.State).ToDictionary(),
            [.. findings.GroupBy(f => (f.Duty, f.Member)).Select(g => new DutyCount(g.Key.Duty, TitleOf(g.Key.Duty), g.Key.Member, g.Count()))
                .OrderBy(d => d.Duty, StringComparer.Ordinal).ThenBy(d => d.Member.ToString(), StringComparer.Ordinal)],
            (await services.GetRequiredService<RectificationDesk>().ListAsync(actor, new RectificationFilter { Open = true, Limit = AllCases })).Count,
            (await services.GetRequiredService<ControlDesk>().StandingsAsync(actor)).Count(s => s.Verdict == ControlVerdict.Burnt),
            Math.Round(elapsed.TotalSeconds, 1));
    }

    /// <summary>Prints it for people.</summary>
    public void Print(IAnsiConsole console)
    {
        string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
        console.WriteLine($"Province {Seed}: {Number(Signals)} signals in, {Number(Alerts)} of them not simply let pass; {Reports} reports in {Cases} cases ({Seconds.ToString("F1", CultureInfo.InvariantCulture)} s)");
        var money = new Table().Border(TableBorder.Simple).Title("The reported money").AddColumn("where it is")
            .AddColumn(new TableColumn("if it went furthest").RightAligned()).AddColumn(new TableColumn("if it stayed earliest").RightAligned());
        void Row(string name, Func<LossPlaces, long> place) => money.AddRow(name, Sum(place(Least)), Sum(place(Most)));
        Row("stolen and reported", p => p.Reported);
        Row("  held, stopped by order", p => p.HeldStopped);
        Row("  held, still free", p => p.HeldFree);
        Row("  in a pool, awaiting an answer", p => p.InPool);
        Row("  cashed out", p => p.CashedOut);
        Row("  spent with a third party", p => p.Spent);
        Row("  lost from sight", p => p.LostFromSight);
        Row("  returned", p => p.Returned);
        console.Write(money);
        console.WriteLine("Opening balances on the way are not known, so the answer has two ends: in the first column the stolen money goes furthest, in the second it stays in the first such account.");
        console.WriteLine(Conserved ? "Every fen is in exactly one place, at both ends, in every case." : "NOT CONSERVED: the places do not add up to what was reported.");
        if (Ledgers.Count > 0)
            console.WriteLine($"Ledgers for giving it back: {string.Join(", ", Ledgers.OrderBy(l => l.Key).Select(l => $"{l.Value} {l.Key.ToString().ToLowerInvariant()}"))}; a division in proportion can be objected to for 30 days.");
        if (Unmatched > 0) console.WriteLine($"{Sum(Unmatched)} more was reported that no signal shows.");
        var states = new Table().Border(TableBorder.Simple).Title("Orders").AddColumn("state").AddColumn(new TableColumn("orders").RightAligned());
        foreach (var (state, count) in Orders.OrderBy(o => o.Key)) states.AddRow(state.ToString().ToLowerInvariant(), Number(count));
        console.Write(states);
        var duties = new Table().Border(TableBorder.Simple).Title("Failed duties").AddColumn("duty").AddColumn("what it asks").AddColumn("member").AddColumn(new TableColumn("findings").RightAligned());
        foreach (var duty in Findings) duties.AddRow(duty.Duty, Markup.Escape(duty.Title), duty.Member.ToString(), Number(duty.Count));
        console.Write(duties);
        if (ToMend > 0) console.WriteLine($"{Number(ToMend)} loopholes to be mended by a date; measured over all records, {Number(Burning)} controls burn.");
    }

    private string Sum(long minor) => new Amount(minor, Currency).ToString();
}
