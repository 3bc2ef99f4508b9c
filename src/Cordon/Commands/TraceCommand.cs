using System.CommandLine;
using System.Globalization;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary><c>cordon trace</c>: follows stolen money through the transfers of a data folder.</summary>
internal sealed class TraceCommand : Command
{
    private readonly Option<string?> transfer = new("--transfer") { Description = "The transfer to begin with: its id, or member/id where several members use that id.", HelpName = "ID" };
    private readonly Option<string?> account = new("--account") { Description = "The account that received the money, as member:number; with --at and --amount.", HelpName = "ACCOUNT" };
    private readonly Option<string?> at = new("--at") { Description = "From when on, as 2026-03-02 or 2026-03-02T08:15:00Z.", HelpName = "TIME" };
    private readonly Option<string?> amount = new("--amount") { Description = "How much was stolen.", HelpName = "SUM" };
    private readonly Option<string> currency = new("--currency") { Description = "The currency of --amount.", HelpName = "CODE", DefaultValueFactory = _ => Currency.Cny.Code };
    private readonly Option<string?> until = new("--until") { Description = "Look at no transfer later than this.", HelpName = "TIME" };
    private readonly Option<int> depth = new("--depth") { Description = "Follow at most so many transfers one after another.", HelpName = "N", DefaultValueFactory = _ => TraceBounds.Default.MaxDepth };
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public TraceCommand(TimeProvider time)
        : base("trace", "Follow stolen money by FIFO through layers of accounts: where it went, where it is, where it left.")
    {
        this.time = time;
        foreach (var option in new Option[] { transfer, account, at, amount, currency, until, depth, data, json }) Options.Add(option);
        Validators.Add(result =>
        {
            var (byTransfer, byAccount) = (result.GetValue(transfer) is not null, result.GetValue(account) is not null);
            if (byTransfer == byAccount) result.AddError("Say where to begin: either --transfer ID, or --account with --at and --amount.");
            else if (byAccount && (result.GetValue(at) is null || result.GetValue(amount) is null)) result.AddError("--account wants --at and --amount too.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var path = parsed.GetValue(data)!.FullName;
        if (!Directory.Exists(path)) throw new CommandFault($"There is no data folder {path}. Import something first, or name another folder with --data.", Exit.Usage);
        using var folder = DataFolder.TryTake(path)
            ?? throw new CommandFault($"{path} is in use by a running server. Trace there: its console and its API draw the same traces.");
        await using var engine = await LocalEngine.OpenAsync(folder, terminal, time);
        var bounds = TraceBounds.Default with { MaxDepth = parsed.GetValue(depth) };
        var last = parsed.GetValue(until) is { } text ? Time(text, "--until") : Instant.Max;
        var (refusal, trace) = engine.Read(e =>
            (e.Known.Money.Trace(new TraceRequest([Seed(parsed, e.Known.Money)], last, bounds), out var found), found));
        if (refusal is { } reason) throw new CommandFault(Said(reason));
        terminal.Result(trace!, console => TraceReport.Print(console, trace!));
        return Exit.Done;
    }

    private TraceSeed Seed(ParseResult parsed, MoneyGraph graph)
    {
        if (parsed.GetValue(transfer) is { } id) return SeedOf(id, graph);
        if (!AccountNumber.TryParse(parsed.GetValue(account), out var number)) throw new CommandFault("An account is written member:number.", Exit.Usage);
        if (!Currency.TryParse(parsed.GetValue(currency), out var money)) throw new CommandFault("--currency wants three capital letters, such as CNY.", Exit.Usage);
        var fault = AmountText.Read(parsed.GetValue(amount), money, AmountRounding.Refuse, out var sum, out _);
        if (fault != AmountFault.None || sum.Minor == 0) throw new CommandFault($"--amount is not a sum in {money}: {fault}.", Exit.Usage);
        return new AccountSeed(number, Time(parsed.GetValue(at)!, "--at"), sum);
    }

    private static TransferSeed SeedOf(string id, MoneyGraph graph)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && MemberCode.TryParse(id.AsSpan(0, slash), out var member) && SignalId.IsValid(id.AsSpan(slash + 1)))
            return new TransferSeed(member, new SignalId(id[(slash + 1)..]));
        if (!SignalId.IsValid(id)) throw new CommandFault("A transfer's id has 1 to 64 visible characters.", Exit.Usage);
        var tellers = graph.TellersOf(new SignalId(id));
        return tellers.Count switch
        {
            0 => throw new CommandFault($"No member told of a transfer {id}."),
            1 => new TransferSeed(tellers[0], new SignalId(id)),
            _ => throw new CommandFault($"Several members told of a transfer {id}. Say which: {string.Join(", ", tellers.Select(t => $"{t}/{id}"))}.", Exit.Usage),
        };
    }

    private static Instant Time(string text, string option) =>
        Instant.TryParse(text, out var value) ? value : throw new CommandFault($"{option} wants a date, or a date and time with Z or an offset: 2026-03-02T08:15:00Z.", Exit.Usage);

    private static string Said(TraceRefusal reason) => reason switch
    {
        TraceRefusal.UnknownTransfer => "No member told of that transfer.",
        TraceRefusal.UnknownAccount => "No money came into that account from that time on.",
        TraceRefusal.BadBounds => "--depth is 1 to 1,000.",
        _ => $"The trace cannot begin there: {reason}.",
    };
}

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
        table.AddColumn("place").AddColumn(new TableColumn(trace.Exact ? "sum" : "openings least").RightAligned());
        if (!trace.Exact) table.AddColumn(new TableColumn("openings most").RightAligned());
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
