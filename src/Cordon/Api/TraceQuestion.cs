using System.Globalization;
using Cordon.Casework;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Cordon.Api;

/// <summary>A trace as somebody asks for it, in the API's query or on the command line: both are answered the same.</summary>
/// <param name="Transfer">The transfer to begin with: its id, or <c>member/id</c>.</param>
/// <param name="Member">The member that told of it, where several use that id.</param>
/// <param name="Account">Instead of a transfer: the account that received the money, <c>member:number</c>; with at and amount.</param>
/// <param name="At">From when on.</param>
/// <param name="Amount">How much was stolen, decimal text.</param>
/// <param name="Currency">The currency of the amount; CNY where it is left out.</param>
/// <param name="Until">Look at no transfer later than this.</param>
/// <param name="Depth">Follow at most so many transfers one after another, 1 to 1,000.</param>
/// <param name="Method">How mixed money is told apart: fifo (where it is left out), rolling-charge, lowest-balance, pari-passu or poison.</param>
internal sealed record TraceQuestion(
    [FromQuery] string? Transfer = null, [FromQuery] string? Member = null, [FromQuery] string? Account = null, [FromQuery] string? At = null,
    [FromQuery] string? Amount = null, [FromQuery] string? Currency = null, [FromQuery] string? Until = null, [FromQuery] int? Depth = null,
    [FromQuery] string? Method = null)
{
    public const string Path = "traces";

    /// <summary>Where it is asked backwards.</summary>
    public const string BackPath = "traces/origins";

    private static readonly Refusal NoBeginning = Bad("seed",
        "A trace begins at a transfer, or at an account with at and amount; not at both.", "Send transfer; or account, at and amount.");

    private static readonly Refusal BadTransfer = Bad("transfer",
        "A transfer's id has 1 to 64 visible ASCII characters, a member's code 1 to 32 of a-z, 0-9 and . _ -", "Send the id as the member told it.");

    private static readonly Refusal BadAccount = Bad("account", "An account is written member:number.", "Correct account.");

    private static readonly Refusal BadCurrency = Bad("currency", "A currency is three capital letters, such as CNY.", "Correct currency.");

    private static readonly Refusal BadTime = Bad("time",
        "A time is a date, or a date and time with Z or an offset: 2026-03-02T08:15:00Z.", "Correct at or until.");

    private static readonly Refusal BadDepth = Bad("depth", "The depth is 1 to 1,000.", "Correct depth.");

    private static readonly Refusal BadMethod = Bad("method", $"The method is one of {MethodText.Names}.", "Correct method, or leave it out for fifo.");

    private static readonly Refusal UnknownAccount = new("trace/unknown-account", RefusalKind.NotFound,
        "No money came into this account from that time on.", "Check the account and the time.");

    private static readonly Refusal Reversed = new("trace/reversed", RefusalKind.Conflict,
        "The transfer was reversed, so nothing of it is to be followed.", "Ask for another transfer, or for the account.");

    private static readonly Refusal TooLarge = Bad("amount", "The seeds together are more than 64 bits of minor units hold.", "Trace them separately.");

    private static readonly Refusal BackwardByFifo = Bad("method",
        "Where money came from is told by fifo alone: the methods that mix do not say which money left.", "Leave method out.");

    /// <summary>Where the money went, or why that cannot be told.</summary>
    public Outcome<Trace> Ask(JournaledEngine engine) => Ask<Trace>(engine, static (graph, request) => (graph.Trace(request, out var found), found));

    /// <summary>Where the money came from, or why that cannot be told. An account without at and amount is asked about all that came into it.</summary>
    public Outcome<BackTrace> AskBack(JournaledEngine engine) =>
        (Account is null ? this : this with { At = At ?? Instant.Min.ToString(), Amount = Amount ?? MostOf(Currency) })
            .Ask<BackTrace>(engine, static (graph, request) => (graph.TraceBack(request, out var found), found));

    private static string? MostOf(string? currency) =>
        Engine.Signals.Currency.TryParse(currency ?? Engine.Signals.Currency.Cny.Code, out var known) ? new Amount(long.MaxValue, known).ToDecimalText() : null;

    private Outcome<T> Ask<T>(JournaledEngine engine, Func<MoneyGraph, TraceRequest, (TraceRefusal? Refusal, T? Found)> follow)
        where T : class
    {
        var last = Instant.Max;
        if (Until is not null && !Instant.TryParse(Until, out last)) return BadTime;
        var by = AttributionMethod.Fifo;
        if (Method is not null && !MethodText.TryParse(Method, out by)) return BadMethod;
        var bounds = Depth is { } most ? TraceBounds.Default with { MaxDepth = most } : TraceBounds.Default;
        return engine.Read(e =>
        {
            if (Seed(e.Known.Money) is var seed && seed.Refusal is { } fault) return fault;
            var (refusal, found) = follow(e.Known.Money, new TraceRequest([seed.Value], last, bounds, by));
            return found is not null ? found : (Outcome<T>)RefusalOf(refusal);
        });
    }

    /// <summary>The question as the query of a request.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        (string, string?)[] all =
        [
            ("transfer", Transfer), ("member", Member), ("account", Account), ("at", At), ("amount", Amount), ("currency", Currency), ("until", Until),
            ("depth", Depth?.ToString(CultureInfo.InvariantCulture)), ("method", Method),
        ];
        foreach (var (name, value) in all) if (value is not null) query.Add(name, value);
        return query.ToString();
    }

    private Refusal RefusalOf(TraceRefusal? refusal) => refusal switch
    {
        TraceRefusal.UnknownTransfer => Untold(Transfer!),
        TraceRefusal.UnknownAccount => UnknownAccount,
        TraceRefusal.BadBounds => BadDepth,
        TraceRefusal.TooLarge => TooLarge,
        TraceRefusal.Reversed => Reversed,
        TraceRefusal.BackwardByFifoOnly => BackwardByFifo,
        _ => NoBeginning,
    };

    private Outcome<TraceSeed> Seed(MoneyGraph graph)
    {
        if (Transfer is null == Account is null) return NoBeginning;
        if (Transfer is not null) return TransferOf(graph, Transfer);
        if (!AccountNumber.TryParse(Account, out var number)) return BadAccount;
        if (At is null || Amount is null) return NoBeginning;
        if (!Engine.Signals.Currency.TryParse(Currency ?? Engine.Signals.Currency.Cny.Code, out var money)) return BadCurrency;
        var fault = AmountText.Read(Amount, money, AmountRounding.Refuse, out var sum, out _);
        if (fault != AmountFault.None || sum.Minor == 0) return Bad("amount", $"The amount is not a sum in {money}: {(fault == AmountFault.None ? "Zero" : fault)}.", "Correct amount.");
        return Instant.TryParse(At, out var from) ? new AccountSeed(number, from, sum) : BadTime;
    }

    private Outcome<TraceSeed> TransferOf(MoneyGraph graph, string text)
    {
        if (Member is not null)
            return MemberCode.TryParse(Member, out var named) && SignalId.IsValid(text) ? new TransferSeed(named, new SignalId(text)) : BadTransfer;
        var tellers = SignalId.IsValid(text) ? graph.TellersOf(new SignalId(text)) : [];
        if (tellers.Count == 1) return new TransferSeed(tellers[0], new SignalId(text));
        if (tellers.Count > 1)
            return Bad("transfer", $"Several members told of a transfer {text}: {string.Join(", ", tellers)}.", $"Say which, as {tellers[0]}/{text}.");
        // An id may hold a slash itself, so the whole text is looked for first.
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && MemberCode.TryParse(text.AsSpan(0, slash), out var member) && SignalId.IsValid(text.AsSpan(slash + 1)))
            return new TransferSeed(member, new SignalId(text[(slash + 1)..]));
        return SignalId.IsValid(text) ? Untold(text) : BadTransfer;
    }

    private static Refusal Untold(string transfer) => new("trace/unknown-transfer", RefusalKind.NotFound,
        $"No member told of a transfer {transfer}.", "Check the id; the member may not have told it yet.");

    private static Refusal Bad(string what, string message, string nextStep) => new($"trace/bad-{what}", RefusalKind.Invalid, message, nextStep);
}
