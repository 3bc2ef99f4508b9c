using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Api;

/// <summary>Traces that are asked for by a transfer or an account, outside any case.</summary>
internal static class TraceEndpoints
{
    private static readonly Refusal BadSeed = new("trace/bad-seed", RefusalKind.Invalid,
        "A trace begins at a member's transfer, or at an account with at, amount and currency.", "Send member and id of a transfer; or at as RFC 3339, amount as decimal text, currency as ISO 4217.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/transfers/{member}/{id}/trace", OfTransfer).WithName("trace.transfer").WithTags("Traces")
            .WithSummary("Follows the money of one transfer by FIFO.");
        api.MapGet("/accounts/{account}/trace", OfAccount).WithName("trace.account").WithTags("Traces")
            .WithSummary("Follows the first money that came into an account at or after an instant, up to an amount.");
    }

    private static Results<Ok<Trace>, Refused> OfTransfer(JournaledEngine engine, string member, string id, string? until, int? depth) =>
        MemberCode.TryParse(member, out var code) && SignalId.IsValid(id)
            ? Follow(engine, new TransferSeed(code, new SignalId(id)), until, depth)
            : new Refused(BadSeed);

    private static Results<Ok<Trace>, Refused> OfAccount(
        JournaledEngine engine, string account, string at, string amount, string? currency, string? until, int? depth)
    {
        if (!AccountNumber.TryParse(account, out var number) || !Instant.TryParse(at, out var from)) return new Refused(BadSeed);
        if (!Currency.TryParse(currency ?? Currency.Cny.Code, out var money)) return new Refused(BadSeed);
        if (AmountText.Read(amount, money, AmountRounding.Refuse, out var sum, out _) != AmountFault.None) return new Refused(BadSeed);
        return Follow(engine, new AccountSeed(number, from, sum), until, depth);
    }

    private static Results<Ok<Trace>, Refused> Follow(JournaledEngine engine, TraceSeed seed, string? until, int? depth)
    {
        var last = Instant.Max;
        if (until is not null && !Instant.TryParse(until, out last)) return new Refused(BadSeed);
        var bounds = depth is { } most ? TraceBounds.Default with { MaxDepth = most } : TraceBounds.Default;
        var (refusal, trace) = engine.Read(e => (e.Known.Money.Trace(new TraceRequest([seed], last, bounds), out var found), found));
        return refusal is { } reason ? new Refused(Of(reason)) : TypedResults.Ok(trace!);
    }

    private static Refusal Of(TraceRefusal reason) => reason switch
    {
        TraceRefusal.UnknownTransfer => new("trace/unknown-transfer", RefusalKind.NotFound, "No signal tells of this transfer.", "Check member and id; the member may not have told it yet."),
        TraceRefusal.UnknownAccount => new("trace/unknown-account", RefusalKind.NotFound, "No money came into this account from that time on.", "Check the account and the time."),
        TraceRefusal.BadBounds => new("trace/bad-bounds", RefusalKind.Invalid, "A bound of the trace lies outside its limits.", "Send depth from 1 to 1,000."),
        TraceRefusal.NoSeed or TraceRefusal.MixedCurrencies => BadSeed,
        _ => throw new InvalidOperationException($"No words for {reason}."),
    };
}
