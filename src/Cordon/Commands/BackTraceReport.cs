using Cordon.Engine.Money;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary>A backward trace as a person reads it on a terminal.</summary>
internal static class BackTraceReport
{
    private const int MostPayers = 30;
    private const int MostSources = 200;

    public static void Print(IAnsiConsole console, BackTrace trace)
    {
        console.WriteLine($"{trace.Traced} followed back by first in, first out; at equal times credits come before debits, then the smaller id first.");
        if (!trace.Exact)
            console.WriteLine("Opening balances on the way are unknown, so the answer is an interval. Shown: each as small as it can be, where the money came from furthest.");
        Payers(console, trace);
        TraceReport.Flows(console, trace.Least.Flows, "Transfers that fed it, the nearest first", "part of it");
        Sources(console, trace);
        if (trace.Least.Cut) console.WriteLine("A bound of the trace was met: what lies behind is counted as not followed. --depth looks further.");
    }

    private static void Payers(IAnsiConsole console, BackTrace trace)
    {
        var payers = trace.Least.Flows.Where(static flow => flow.Layer == 1).GroupBy(static flow => flow.From)
            .Select(static paid => (From: paid.Key, Times: paid.Count(), Units: paid.Sum(static flow => flow.Stolen)))
            .OrderByDescending(static paid => paid.Units).ThenBy(static paid => paid.From?.ToString(), StringComparer.Ordinal).ToList();
        var table = new Table().Border(TableBorder.Simple).Title("Who paid it, the most first");
        table.AddColumn("account").AddColumn(new TableColumn("transfers").RightAligned()).AddColumn(new TableColumn("sum").RightAligned());
        foreach (var (from, times, units) in payers.Take(MostPayers)) table.AddRow(TraceReport.Name(from), Terminal.Count(times), TraceReport.Sum(units, trace.Traced.Currency));
        console.Write(table);
        if (payers.Count > MostPayers) console.WriteLine($"… and {Terminal.Count(payers.Count - MostPayers)} more; --json has all.");
    }

    private static void Sources(IAnsiConsole console, BackTrace trace)
    {
        var (least, most) = (trace.Least.Sources.ToDictionary(Key, static s => s.Units), trace.Most.Sources.ToDictionary(Key, static s => s.Units));
        var table = new Table().Border(TableBorder.Simple).Title("Where it came from");
        table.AddColumn("account").AddColumn("as").AddColumn(new TableColumn(trace.Exact ? "sum" : "if it came from furthest").RightAligned());
        if (!trace.Exact) table.AddColumn(new TableColumn("if it came from nearest").RightAligned());
        var sources = least.Keys.Union(most.Keys).OrderByDescending(key => Math.Max(least.GetValueOrDefault(key), most.GetValueOrDefault(key))).ToList();
        foreach (var source in sources.Take(MostSources))
        {
            string[] cells =
            [
                TraceReport.Name(source.Account), Words(source.Origin), TraceReport.Sum(least.GetValueOrDefault(source), trace.Traced.Currency),
                TraceReport.Sum(most.GetValueOrDefault(source), trace.Traced.Currency),
            ];
            table.AddRow(trace.Exact ? cells[..3] : cells);
        }
        console.Write(table);
        if (sources.Count > MostSources) console.WriteLine($"… and {Terminal.Count(sources.Count - MostSources)} more; --json has all.");
    }

    private static (Engine.Signals.AccountNumber? Account, TraceOrigin Origin) Key(TraceSource source) => (source.Account, source.Origin);

    private static string Words(TraceOrigin origin) => origin switch
    {
        TraceOrigin.OpeningBalance => "money from before the first transfer told of",
        TraceOrigin.Unexplained => "more than was told to have come in",
        TraceOrigin.Cash => "cash paid in",
        TraceOrigin.Merchant => "a merchant's takings",
        TraceOrigin.Pool => "hidden in a pool",
        TraceOrigin.OutOfSight => "out of sight",
        TraceOrigin.NotFollowed => "not followed",
        _ => origin.ToString(),
    };
}
