using System.Globalization;
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
        console.WriteLine($"{trace.Seeded} followed by FIFO; at equal times credits come before debits, then the smaller id first.");
        if (!trace.Exact)
            console.WriteLine("Opening balances on the way are unknown, so the answer is an interval. Shown: each as small as it can be, where the money goes furthest; its other end follows below.");
        Flows(console, trace);
        Accounts(console, trace.Least, trace.Seeded.Currency);
        Totals(console, trace);
        if (trace.Least.Cut) console.WriteLine("A bound of the trace was met: what lies beyond is counted as not followed. --depth looks further.");
    }

    private static void Flows(IAnsiConsole console, Trace trace)
    {
        var table = new Table().Border(TableBorder.Simple).Title("Transfers with stolen money");
        table.AddColumns(new TableColumn("layer").RightAligned(), new TableColumn("time"), new TableColumn("transfer"), new TableColumn("from"), new TableColumn("to"),
            new TableColumn("amount").RightAligned(), new TableColumn("stolen in it").RightAligned());
        foreach (var flow in trace.Least.Flows.Take(MostRows))
            table.AddRow(flow.Layer.ToString(CultureInfo.InvariantCulture), flow.At.ToString(), Markup.Escape(flow.Transfer.Text), Name(flow.From), Name(flow.To),
                Sum(flow.Amount.Minor, flow.Amount.Currency), Sum(flow.Stolen, flow.Amount.Currency));
        console.Write(table);
        if (trace.Least.Flows.Length > MostRows) console.WriteLine($"… and {Terminal.Count(trace.Least.Flows.Length - MostRows)} more; --json has all.");
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

    private static string Name(AccountNumber? account) => account is { } known ? Markup.Escape(known.ToString()) : "outside";

    private static string Sum(long minor, Currency currency) => new Amount(minor, currency).ToString();

    private static string Words(TraceOutcome outcome) => outcome switch
    {
        TraceOutcome.Held => "held in accounts",
        TraceOutcome.Pool => "in a pool, awaiting an answer",
        TraceOutcome.CashedOut => "cashed out",
        TraceOutcome.Spent => "spent with a third party",
        TraceOutcome.LostFromSight => "lost from sight",
        TraceOutcome.Returned => "returned",
        TraceOutcome.NotFollowed => "not followed",
        _ => outcome.ToString(),
    };
}
