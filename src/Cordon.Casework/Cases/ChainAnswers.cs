using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Questions;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>Fills what no signal told of a chain's links with what their members answered. A signal is never overruled by an answer.</summary>
/// <param name="questions">The questions of the case.</param>
internal sealed class ChainAnswers(IEnumerable<QuestionFact> questions)
{
    // A link has one member, and only that member answers for it.
    private readonly Dictionary<(string Link, string About), QuestionFact> answers =
        questions.Where(q => q.Value is not null).GroupBy(q => (q.Of, q.About)).ToDictionary(g => g.Key, g => g.First());

    private readonly Dictionary<string, QuestionFact> origins = new(StringComparer.Ordinal);

    /// <summary>A call with its origin, where it was answered.</summary>
    public Call Fill(Call call, string link)
    {
        if (call.Origin != CallOrigin.Unknown || !answers.TryGetValue((link, QuestionCatalogue.Origin), out var told)) return call;
        origins[link] = told;
        return told.Value switch
        {
            "domestic" => call with { Origin = CallOrigin.Domestic },
            QuestionCatalogue.Roaming => call with { Origin = CallOrigin.InternationalTrunk, RoamingProven = true },
            _ => call with { Origin = CallOrigin.InternationalTrunk },
        };
    }

    /// <summary>A call's link with the answer among its records, where its origin rests on one.</summary>
    public CallLink Mark(CallLink call) => origins.TryGetValue(call.Id, out var told) ? call with { Evidence = With(call, told) } : call;

    /// <summary>A line or account with what was answered of it; any other link as it is.</summary>
    public ChainLink Fill(ChainLink link)
    {
        var filled = link;
        if (filled is LineLink { Identity: IdentityCheck.Unknown } named && Answer(link, QuestionCatalogue.Identity) is { } identity)
            filled = named with { Identity = CheckOf(identity), Evidence = With(named, identity) };
        if (filled is LineLink { LinesHeld: null } counted && Answer(link, QuestionCatalogue.LinesHeld) is { } held)
            filled = counted with { LinesHeld = int.Parse(held.Value!, CultureInfo.InvariantCulture), Evidence = With(counted, held) };
        if (filled is LineLink { LineKind: LineKind.Unknown } line && Answer(link, QuestionCatalogue.LineKind) is { } kind)
            filled = line with { LineKind = Enum.Parse<LineKind>(kind.Value!, ignoreCase: true), Evidence = With(line, kind) };
        if (filled is AccountLink { Identity: IdentityCheck.Unknown } account && Answer(link, QuestionCatalogue.Identity) is { } check)
            filled = account with { Identity = CheckOf(check), Evidence = With(account, check) };
        return filled;
    }

    private QuestionFact? Answer(ChainLink link, string about) => answers.GetValueOrDefault((link.Id, about));

    private static IdentityCheck CheckOf(QuestionFact told) => told.Value == "verified" ? IdentityCheck.Verified : IdentityCheck.NotVerified;

    private static ImmutableArray<Evidence> With(ChainLink link, QuestionFact told) =>
        Evidence.Sorted([.. link.Evidence, new Evidence(EvidenceKind.Question, told.Member, told.Question)]);
}
