using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Registers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Api;

/// <summary>A verdict in a list.</summary>
/// <param name="Sequence">The signal's number in the journal.</param>
/// <param name="Kind">What kind of signal.</param>
/// <param name="Member">Who told it.</param>
/// <param name="Id">The signal's id.</param>
/// <param name="At">When it happened.</param>
/// <param name="Action">The verdict.</param>
/// <param name="HoldUntil">How long it waits.</param>
/// <param name="Reasons">The reason codes, strictest first.</param>
/// <param name="Rulebook">The content hash of the rulebook that judged.</param>
internal sealed record VerdictLine(
    long Sequence, SignalKind Kind, MemberCode Member, SignalId Id, Instant At, VerdictAction Action, Instant? HoldUntil, IReadOnlyList<string> Reasons, string Rulebook)
{
    public static VerdictLine Of(Casework.Registers.Alert a) => new(a.Sequence, a.Kind, a.Member, a.SignalId, a.At, a.Action, a.HoldUntil, a.Reasons.Split(','), a.Rulebook);
}

/// <summary>A verdict with its explanation.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Signal">The signal in the wire form of its kind.</param>
/// <param name="Rules">Why each rule spoke; of what other members told, a member sees only whether it held.</param>
internal sealed record VerdictView(VerdictLine Verdict, JsonNode Signal, IReadOnlyList<ExplainedRule> Rules);

/// <summary>The verdicts that did not let a signal pass.</summary>
internal static class VerdictEndpoints
{
    private static readonly Refusal NotFound = new("verdict/not-found", RefusalKind.NotFound,
        "There is no such verdict, or it is on another member's signal; signals that simply passed are not kept here.", "List the verdicts.");

    private static readonly Dictionary<string, VerdictAction> Actions =
        Enum.GetValues<VerdictAction>().ToDictionary(a => JsonNamingPolicy.CamelCase.ConvertName(a.ToString()), StringComparer.Ordinal);

    private static readonly Refusal BadFilter = new("verdict/bad-filter", RefusalKind.Invalid,
        "from and to are times of RFC 3339, kind and action words of the reference, member a member's code, reason and identifier at most 260 characters.", "See docs/reference/screening.md.");

    public static void Map(RouteGroupBuilder api)
    {
        var verdicts = api.MapGroup("/verdicts").WithTags("Verdicts");
        verdicts.MapGet("/", ListAsync).WithName("verdicts.list")
            .WithSummary("Verdicts other than allow, the latest first, by time, kind, action, reason code, member, and any identifier of the signal. A member sees those on its own signals.");
        verdicts.MapGet("/{sequence:long}", FindAsync).WithName("verdicts.get").WithSummary("One verdict with its signal and its explanation, as the reader may see it.");
        verdicts.MapGet("/{sequence:long}/signals", SignalsAsync).WithName("verdicts.signals")
            .WithSummary("The signals behind each window that the rules asked, at most 100 a window, found in the journal.");
    }

    private static async Task<Results<Ok<Page<VerdictLine>>, Refused>> ListAsync(
        Caller caller, VerdictDesk desk, string? from, string? to, string? kind, string? action, string? reason, string? member, string? identifier, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var place) is { } fault) return new Refused(fault);
        if (Filter(from, to, kind, action, reason, member, identifier) is not { } filter) return new Refused(BadFilter);
        var before = long.MaxValue;
        if (place is not null && !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out before)) return new Refused(PageQuery.BadCursor);
        var rows = await desk.ListAsync(caller.Actor, filter with { Before = place is null ? null : before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, a => a.Sequence.ToString(CultureInfo.InvariantCulture), VerdictLine.Of));
    }

    private static async Task<Results<Ok<VerdictView>, Refused>> FindAsync(Caller caller, VerdictDesk desk, long sequence)
    {
        if (await desk.FindAsync(caller.Actor, sequence) is not { } found) return new Refused(NotFound);
        return TypedResults.Ok(new VerdictView(VerdictLine.Of(found.Alert), JsonNode.Parse(SignalJson.Write(found.Signal))!, found.Rules));
    }

    private static async Task<Results<Ok<IReadOnlyList<WindowSignals>>, Refused>> SignalsAsync(Caller caller, VerdictDesk desk, long sequence, CancellationToken cancel) =>
        (await desk.SignalsBehindAsync(caller.Actor, sequence, cancel)).AnswerOr(NotFound);

    private static VerdictFilter? Filter(string? from, string? to, string? kind, string? action, string? reason, string? member, string? identifier)
    {
        const int Longest = 260;
        var filter = new VerdictFilter { Reason = Told(reason), Identifier = Told(identifier) };
        if (filter.Reason?.Length > Longest || filter.Identifier?.Length > Longest) return null;
        if (!TryTime(from, out var since) || !TryTime(to, out var until)) return null;
        if (Told(kind) is { } name)
        {
            if (!SignalEndpoints.Kinds.TryGetValue(name, out var known)) return null;
            filter = filter with { Kind = known };
        }
        if (Told(action) is { } word)
        {
            if (!Actions.TryGetValue(word, out var known)) return null;
            filter = filter with { Action = known };
        }
        if (Told(member) is { } text)
        {
            if (!MemberCode.TryParse(text, out var code)) return null;
            filter = filter with { Member = code };
        }
        return filter with { From = since, To = until };
    }

    private static string? Told(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool TryTime(string? text, out Instant? at)
    {
        at = null;
        if (Told(text) is not { } given) return true;
        if (!Instant.TryParse(given, out var parsed)) return false;
        at = parsed;
        return true;
    }
}
