using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Evaluations;

/// <summary>One figure of a member, and what it was counted from.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Occasions">Of a share, how many occasions.</param>
/// <param name="Faults">Of a share, how many faults.</param>
/// <param name="Amount">Of a count, how many; of money, minor units.</param>
/// <param name="Duties">The duties whose controls counted it; empty where none did.</param>
/// <param name="Records">Records of its faults, or what was counted; of many, the first 20.</param>
/// <param name="Contest">The contest by which it was corrected; null where the records stand.</param>
public sealed record MeasuredValue(
    string Measure, long Occasions, long Faults, long Amount, ImmutableArray<string> Duties, ImmutableArray<string> Records, int? Contest = null)
{
    /// <summary>Of so many records the first are named.</summary>
    public const int MostRecords = 20;
}

/// <summary>What records tell of a member in the period.</summary>
/// <param name="Member">The member.</param>
/// <param name="Vetoes">The documents by which a veto was in force in the period, sorted.</param>
/// <param name="Values">The figures there are, by name.</param>
public sealed record MeasuredMember(MemberCode Member, ImmutableArray<string> Vetoes, ImmutableArray<MeasuredValue> Values);

/// <summary>Where a member stands in a league.</summary>
public enum LeagueStanding
{
    /// <summary>It has a place.</summary>
    Ranked,

    /// <summary>Too few occasions to be told from its peers.</summary>
    TooFew,

    /// <summary>A veto is above any score: it has no place.</summary>
    Vetoed,

    /// <summary>Its figures give no number.</summary>
    Unscored,
}

/// <summary>A share as it entered the formula.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Kept">The share kept, in parts of a million, rounded to the nearest.</param>
/// <param name="Bounds">Between which bounds the true share lies.</param>
public sealed record EvaluatedShare(string Measure, int Kept, ShareBounds Bounds);

/// <summary>A member's result.</summary>
/// <param name="Member">The member.</param>
/// <param name="SizeClass">Its size class, from 0.</param>
/// <param name="Chances">How often the duties of the formula were put to the test.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Score">Its score; null where there is none.</param>
/// <param name="Rank">Its place among peers of its size class; null where it has none.</param>
/// <param name="Vetoes">The documents of vetoes.</param>
/// <param name="TooFew">The names that had too few occasions.</param>
/// <param name="Shares">The shares that entered the formula.</param>
/// <param name="Parts">The parts of the formula's sum.</param>
/// <param name="Values">All figures, and what they were counted from.</param>
public sealed record EvaluatedMember(
    MemberCode Member, int SizeClass, long Chances, LeagueStanding Standing, Score? Score, RankSpan? Rank, ImmutableArray<string> Vetoes,
    ImmutableArray<string> TooFew, ImmutableArray<EvaluatedShare> Shares, ImmutableArray<FormulaPart> Parts, ImmutableArray<MeasuredValue> Values);

/// <summary>Scores and places computed from figures: the same figures give the same result, byte for byte. Pure.</summary>
public static class Computation
{
    private const int Million = 1_000_000;
    private const double Thousand = 1_000;

    /// <summary>The result of each member, by size class from the largest, place, then member.</summary>
    /// <param name="scheme">The scheme; its formula checks.</param>
    /// <param name="members">What records tell of them.</param>
    /// <exception cref="InvalidOperationException">The formula does not check: a bug of the caller.</exception>
    public static ImmutableArray<EvaluatedMember> Of(Scheme scheme, IEnumerable<MeasuredMember> members)
    {
        var formula = scheme.Read().Formula ?? throw new InvalidOperationException("A scheme whose formula does not check was frozen.");
        var shares = MeasureCatalogue.Of(formula).Where(m => m.Kind == MeasureKind.Share).Select(m => m.Name).ToImmutableArray();
        var results = new List<EvaluatedMember>();
        foreach (var peers in members.GroupBy(m => League.ClassOf(Chances(m, shares), scheme.Sizes)).OrderByDescending(g => g.Key))
        {
            var all = peers.ToList();
            // One chance is shared by all bounds of the league, both sides of each: then all hold at once. Who has no value at the figures themselves has none at wider
            // bounds either, so that none is left out who may be ranked.
            var ranked = all.Count(m => m.Vetoes.IsEmpty && Evaluate(scheme, formula, m, shares, PointOf) is { Value: not null });
            var tail = scheme.ChancePerMillion / (double)Million / (2.0 * Math.Max(1, ranked) * Math.Max(1, shares.Length));
            results.AddRange(Ranked([.. all.Select(m => Result(scheme, formula, m, shares, peers.Key, tail))]));
        }
        return [.. results];
    }

    /// <summary>What tells one result from another: SHA-256 over its JSON, 64 hexadecimal digits.</summary>
    public static string HashOf(ImmutableArray<EvaluatedMember> members) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(members, CaseworkJson.Options)));

    private static IEnumerable<EvaluatedMember> Ranked(ImmutableArray<EvaluatedMember> peers)
    {
        var ranked = peers.Where(p => p.Standing == LeagueStanding.Ranked).ToList();
        var spans = League.Rank([.. ranked.Select(p => p.Score!.Value)]);
        return ranked.Select((p, i) => p with { Rank = spans[i] }).Concat(peers.Where(p => p.Standing != LeagueStanding.Ranked))
            .OrderBy(p => p.Standing).ThenBy(p => p.Rank?.Best).ThenBy(p => p.Rank?.Worst).ThenBy(p => p.Member.ToString(), StringComparer.Ordinal);
    }

    private static EvaluatedMember Result(Scheme scheme, Formula formula, MeasuredMember member, ImmutableArray<string> shares, int sizeClass, double tail)
    {
        var entered = shares.Select(name => Find(member, name)).OfType<MeasuredValue>().Where(found => found.Occasions > 0).Select(found => ShareOf(found, tail)).ToImmutableArray();
        var result = Evaluate(scheme, formula, member, shares, value => entered.First(share => share.Measure == value.Measure).Bounds);
        // Of a vetoed member the score is told, and lifts nothing.
        var standing = !member.Vetoes.IsEmpty ? LeagueStanding.Vetoed : !result.Untold.IsEmpty ? LeagueStanding.TooFew : result.Value is null ? LeagueStanding.Unscored : LeagueStanding.Ranked;
        Score? score = result.Value is { } v
            ? new Score((long)Math.Round(v.Value * Thousand, MidpointRounding.ToEven), (long)Math.Floor(v.Low * Thousand), (long)Math.Ceiling(v.High * Thousand))
            : null;
        return new EvaluatedMember(
            member.Member, sizeClass, Chances(member, shares), standing, score, null, member.Vetoes, result.Untold,
            entered, result.Parts, member.Values);
    }

    private static FormulaResult Evaluate(Scheme scheme, Formula formula, MeasuredMember member, ImmutableArray<string> shares, Func<MeasuredValue, ShareBounds> boundsOf)
    {
        var values = new Dictionary<string, FormulaValue?>(StringComparer.Ordinal);
        foreach (var measure in MeasureCatalogue.Of(formula))
        {
            var found = Find(member, measure.Name);
            if (!shares.Contains(measure.Name))
            {
                values[measure.Name] = FormulaValue.Exactly(found?.Amount ?? 0);
                continue;
            }
            var told = found is not null && found.Occasions >= scheme.LeastOccasions;
            values[measure.Name + ".told"] = FormulaValue.Of(told);
            if (!told) continue;
            var bounds = boundsOf(found!);
            var kept = (found!.Occasions - Faults(found)) / (double)found.Occasions;
            var (low, high) = (bounds.Low / (double)Million, bounds.High / (double)Million);
            values[measure.Name + ".kept"] = new FormulaValue(kept, low, high);
            values[measure.Name + ".perTenThousand"] = new FormulaValue(10_000 * (1 - kept), 10_000 * (1 - high), 10_000 * (1 - low));
        }
        return formula.Evaluate(name => values.GetValueOrDefault(name));
    }

    // The figure itself, as closely as bounds are told.
    private static ShareBounds PointOf(MeasuredValue value)
    {
        var (whole, rest) = Int128.DivRem((Int128)(value.Occasions - Faults(value)) * Million, value.Occasions);
        return new ShareBounds((int)whole, (int)whole + (rest > 0 ? 1 : 0));
    }

    private static EvaluatedShare ShareOf(MeasuredValue value, double tail)
    {
        var kept = value.Occasions - Faults(value);
        return new EvaluatedShare(value.Measure, (int)((((Int128)kept * Million * 2) + value.Occasions) / ((Int128)value.Occasions * 2)), ExactBounds.Of(kept, value.Occasions, tail));
    }

    // Occasions may lag behind faults within a day (cards for things).
    private static long Faults(MeasuredValue value) => Math.Min(value.Faults, value.Occasions);

    private static long Chances(MeasuredMember member, ImmutableArray<string> shares) => member.Values.Where(v => shares.Contains(v.Measure)).Sum(v => v.Occasions);

    private static MeasuredValue? Find(MeasuredMember member, string name) => member.Values.FirstOrDefault(v => v.Measure == name);
}
