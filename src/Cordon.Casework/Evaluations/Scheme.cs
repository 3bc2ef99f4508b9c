using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Evaluations;

/// <summary>How members of one sector and region are judged over one period. Immutable; its <see cref="Hash"/> is what is frozen.</summary>
/// <param name="Template">The scheme of the pack that it was made from.</param>
/// <param name="Title">Its name.</param>
/// <param name="Sector">Whose members are judged.</param>
/// <param name="Region">The region whose members they are, with all regions in it; null for all.</param>
/// <param name="From">The first instant of the period.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Formula">The formula, in CEL over the names of <see cref="MeasureCatalogue"/>. A higher score is better.</param>
/// <param name="LeastOccasions">A share of fewer occasions says nothing, 1 to 1,000,000.</param>
/// <param name="ChancePerMillion">The chance that anybody of a league is set apart by chance alone, 1 to 500,000 parts of a million.</param>
/// <param name="Sizes">The least number of occasions of each size class but the first, rising.</param>
/// <param name="SettleDays">Days after the period's end at which it is computed: what was told late is in by then.</param>
/// <param name="ContestDays">Days after a version came out in which its values can be contested.</param>
public sealed record Scheme(
    string Template, Wording Title, Sector Sector, string? Region, Instant From, Instant To, string Formula, int LeastOccasions, int ChancePerMillion,
    ImmutableArray<long> Sizes, int SettleDays, int ContestDays)
{
    /// <summary>SHA-256 over the canonical form, 64 hexadecimal digits.</summary>
    public string Hash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var form = new CanonicalForm(hash);
            form.Add("cordon-evaluation/1", Template, Title.Zh, Title.En, Words.Of(Sector), Region, Number(From.Micros), Number(To.Micros), Formula);
            form.Add(Number(LeastOccasions), Number(ChancePerMillion), Number(SettleDays), Number(ContestDays));
            foreach (var size in Sizes) form.Add("size", Number(size));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>When it is computed.</summary>
    public Instant ComputeAt => To + TimeSpan.FromDays(SettleDays);

    /// <summary>Reads the formula against the measures there are.</summary>
    public FormulaReading Read() => Engine.Rules.Formula.Read(Formula, MeasureCatalogue.Names);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
