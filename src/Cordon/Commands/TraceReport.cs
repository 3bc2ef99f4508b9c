using System.Collections.Immutable;
using System.Globalization;
using Cordon.Api;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary>A trace as a person reads it on a terminal.</summary>
internal static class TraceReport
{
    private const int MostRows = 200;

    public static void Print(IAnsiConsole console, Trace trace)
    {
        console.WriteLine($"{trace.Seeded} followed by {MethodText.WordsOf(trace.Method)}; at equal times credits come before debits, then the smaller id first.");
        if (trace.Method == AttributionMethod.Poison)
            console.WriteLine("Poison is an upper bound of exposure: amounts of different transfers and accounts overlap, and say nothing when added up.");
        if (!trace.Exact)
            console.WriteLine("Opening balances on the way are unknown, so the answer is an interval. Shown: each as small as it can be, where the money goes furthest; its other end follows below.");
        Flows(console, trace);
        Accounts(console, trace.Least, trace.Seeded.Currency);
        Hidden(console, trace.Least, trace.Seeded.Currency);
        Claims(console, trace.Least, trace.Seeded.Currency);
        if (trace.Method != AttributionMethod.Poison) Totals(console, trace);
        if (trace.Least.Cut) console.WriteLine("A bound of the trace was met: what lies beyond is counted as not followed. --depth looks further.");
    }

    /// <summary>Where the money is by several methods, side by side.</summary>
    public static void Compare(IAnsiConsole console, IReadOnlyList<Trace> traces)
    {
        var (table, counted) = (new Table().Border(TableBorder.Simple).Title("Where it is, by method"), traces.Where(t => t.Method != AttributionMethod.Poison).ToList());
        table.AddColumn("place");
        foreach (var trace in counted) table.AddColumn(new TableColumn(MethodText.NameOf(trace.Method)).RightAligned());
        foreach (var outcome in Enum.GetValues<TraceOutcome>())
        {
            if (counted.TrueForAll(t => !t.Least.Totals.ContainsKey(outcome) && !t.Most.Totals.ContainsKey(outcome))) continue;
            table.AddRow([Words(outcome), .. counted.Select(t => Ends(t.Least.Totals.GetValueOrDefault(outcome), t.Most.Totals.GetValueOrDefault(outcome), t.Seeded.Currency))]);
        }
        table.AddRow(["all of it", .. counted.Select(t => t.Seeded.ToString())]);
        table.AddRow(["transfers with stolen money", .. counted.Select(t => Counts(t.Least.Flows.Length, t.Most.Flows.Length))]);
        table.AddRow(["accounts it reached", .. counted.Select(t => Counts(t.Least.Accounts.Length, t.Most.Accounts.Length))]);
        console.Write(table);
        foreach (var poison in traces.Where(t => t.Method == AttributionMethod.Poison))
            console.WriteLine($"By poison at most {Counts(poison.Least.Accounts.Length, poison.Most.Accounts.Length)} accounts and {Counts(poison.Least.Flows.Length, poison.Most.Flows.Length)} transfers were touched; its amounts do not add up.");
        if (counted.Exists(t => !t.Exact)) console.WriteLine("Two figures are the ends of an interval: unknown opening balances as small as they can be, and larger than all payments.");
    }

    private static string Ends(long least, long most, Currency currency) => least == most ? Sum(least, currency) : $"{Sum(least, currency)} … {Sum(most, currency)}";

    private static string Counts(int least, int most) => least == most ? Terminal.Count(least) : $"{Terminal.Count(least)} … {Terminal.Count(most)}";

    private static void Hidden(IAnsiConsole console, TraceAnswer answer, Currency currency)
    {
        if (answer.Hidden.IsEmpty) return;
        var table = new Table().Border(TableBorder.Simple).Title("Hidden in pools");
        table.AddColumns(new TableColumn("pool"), new TableColumn("came by transfer"), new TableColumn("order reference"), new TableColumn("hidden").RightAligned());
        foreach (var hidden in answer.Hidden.Take(MostRows))
            table.AddRow(Name(hidden.Pool), Markup.Escape($"{hidden.Member}/{hidden.Transfer}"), Markup.Escape(hidden.Reference ?? "none"), Sum(hidden.Units, currency));
        console.Write(table);
    }

    private static void Claims(IAnsiConsole console, TraceAnswer answer, Currency currency)
    {
        // Of one seed all that is left is its own, and the accounts have said it.
        if (answer.Claims.Select(c => (c.Member, c.Transfer)).Distinct().Count() < 2) return;
        var table = new Table().Border(TableBorder.Simple).Title("Whose the rests are");
        table.AddColumns(new TableColumn("stolen by transfer"), new TableColumn("account"), new TableColumn("is there").RightAligned());
        foreach (var claim in answer.Claims.Take(MostRows)) table.AddRow(Markup.Escape($"{claim.Member}/{claim.Transfer}"), Name(claim.Account), Sum(claim.Units, currency));
        console.Write(table);
    }

    private static void Flows(IAnsiConsole console, Trace trace) => Flows(console, trace.Least.Flows, "Transfers with stolen money", "stolen in it");

    /// <summary>Transfers, as a table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="flows">The transfers.</param>
    /// <param name="title">What they have in common.</param>
    /// <param name="part">What of each is meant.</param>
    public static void Flows(IAnsiConsole console, ImmutableArray<TraceFlow> flows, string title, string part)
    {
        var table = new Table().Border(TableBorder.Simple).Title(title);
        table.AddColumns(new TableColumn("layer").RightAligned(), new TableColumn("time"), new TableColumn("transfer"), new TableColumn("from"), new TableColumn("to"),
            new TableColumn("amount").RightAligned(), new TableColumn(part).RightAligned());
        foreach (var flow in flows.Take(MostRows))
            table.AddRow(flow.Layer.ToString(CultureInfo.InvariantCulture), flow.At.ToString(), Markup.Escape(flow.Transfer.Text), Name(flow.From), Name(flow.To),
                Sum(flow.Amount.Minor, flow.Amount.Currency), Sum(flow.Stolen, flow.Amount.Currency));
        console.Write(table);
        if (flows.Length > MostRows) console.WriteLine($"… and {Terminal.Count(flows.Length - MostRows)} more; --json has all.");
    }

    private static void Accounts(IAnsiConsole console, TraceAnswer answer, Currency currency)
    {
        var table = new Table().Border(TableBorder.Simple).Title("Accounts it reached");
        table.AddColumns(new TableColumn("layer").RightAligned(), new TableColumn("account"), new TableColumn("kind"), new TableColumn("first came"),
            new TableColumn("came").RightAligned(), new TableColumn("is there").RightAligned(), new TableColumn("as"));
        foreach (var account in answer.Accounts.Take(MostRows))
            table.AddRow(account.Layer.ToString(CultureInfo.InvariantCulture), Name(account.Account), account.Kind.ToString().ToLowerInvariant(), account.FirstArrival.ToString(),
                Sum(account.Arrived, currency), Sum(account.Remains, currency), account.Remains == 0 ? "" : Words(account.Outcome));
        console.Write(table);
    }

    private static void Totals(IAnsiConsole console, Trace trace)
    {
        var table = new Table().Border(TableBorder.Simple).Title("Where it is");
        table.AddColumn("place").AddColumn(new TableColumn(trace.Exact ? "sum" : "if it went furthest").RightAligned());
        if (!trace.Exact) table.AddColumn(new TableColumn("if it stayed earliest").RightAligned());
        foreach (var outcome in Enum.GetValues<TraceOutcome>())
        {
            var (least, most) = (trace.Least.Totals.GetValueOrDefault(outcome), trace.Most.Totals.GetValueOrDefault(outcome));
            if (least == 0 && most == 0) continue;
            string[] cells = [Words(outcome), Sum(least, trace.Seeded.Currency), Sum(most, trace.Seeded.Currency)];
            table.AddRow(trace.Exact ? cells[..2] : cells);
        }
        console.Write(table);
    }

    /// <summary>An account for a table.</summary>
    public static string Name(AccountNumber? account) => account is { } known ? Markup.Escape(known.ToString()) : "outside";

    /// <summary>A sum for a table.</summary>
    public static string Sum(long minor, Currency currency) => new Amount(minor, currency).ToString();

    /// <summary>An outcome as people read it.</summary>
    public static string Words(TraceOutcome outcome) => outcome switch
    {
        TraceOutcome.Held => "held in accounts",
        TraceOutcome.Pool => "hidden in a pool",
        TraceOutcome.CashedOut => "cashed out",
        TraceOutcome.Spent => "spent with a third party",
        TraceOutcome.LostFromSight => "lost from sight",
        TraceOutcome.Returned => "returned",
        TraceOutcome.NotFollowed => "not followed",
        TraceOutcome.VirtualCurrency => "turned into virtual currency",
        _ => outcome.ToString(),
    };
}
