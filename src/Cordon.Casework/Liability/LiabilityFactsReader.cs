using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cordon.Casework.Liability;

/// <summary>Facts read from JSON, or what keeps the text from being facts.</summary>
/// <param name="Facts">The facts; null where there are faults.</param>
/// <param name="Faults">The faults; empty where there are facts.</param>
public sealed record LiabilityFactsReading(LiabilityFacts? Facts, ImmutableArray<LiabilityFault> Faults);

/// <summary>Reads the facts of a statement from JSON (docs/guides/liability.md).</summary>
public static class LiabilityFactsReader
{
    /// <summary>A text may be as large, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    // A word misspelt would else be a fact left out, and facts left out are unknown.
    private static readonly JsonSerializerOptions Strict = new(CaseworkJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        PropertyNameCaseInsensitive = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads one text. What is not facts is a fault with its place, never an exception.</summary>
    public static LiabilityFactsReading Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes) return Refused("", "The facts are larger than 4 MB.");
        try
        {
            var facts = JsonSerializer.Deserialize<LiabilityFacts>(json.StartsWith("\uFEFF"u8) ? json[3..] : json, Strict);
            if (facts is null) return Refused("", "There are no facts.");
            return Nothing(facts) is { } path ? Refused(path, "An entry of the list is empty.") : new LiabilityFactsReading(facts, []);
        }
        catch (JsonException fault)
        {
            var path = fault.Path is { Length: > 1 } told && told.StartsWith("$.", StringComparison.Ordinal) ? told[2..] : "";
            return Refused(path, fault.LineNumber is { } line ? $"Line {line + 1}: {Plain(fault)}" : Plain(fault));
        }
    }

    /// <summary>The first list with nothing as an entry, which the serialiser lets pass; null where there is none.</summary>
    private static string? Nothing(LiabilityFacts facts)
    {
        if (facts.Payments.Any(p => p is null)) return "payments";
        if (facts.Members.Any(m => m is null)) return "members";
        if (facts.ClockStops.Any(s => s is null)) return "clockStops";
        if (facts.Members.SelectMany(m => m.Answers).Any(a => a is null)) return "members";
        var evidence = facts.Payments.SelectMany(p => p.Evidence).Concat(facts.Members.SelectMany(m => m.Answers).SelectMany(a => a.Evidence))
            .Concat(facts.ClockStops.SelectMany(s => s.Evidence))
            .Concat(new[] { facts.Authorised, facts.Malware, facts.FirstPartyFraud, facts.GrossNegligence, facts.Vulnerable }.SelectMany(f => f?.Evidence ?? []))
            .Concat(new[] { facts.Reported, facts.Papers }.SelectMany(t => t?.Evidence ?? []))
            .Concat(new[] { facts.Excess, facts.Recovered }.SelectMany(s => s?.Evidence ?? []));
        return evidence.Any(string.IsNullOrWhiteSpace) ? "evidence" : null;
    }

    /// <summary>The serialiser's own sentence ends in the place, which is told before it.</summary>
    private static string Plain(JsonException fault)
    {
        var end = fault.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? fault.Message : fault.Message[..end];
    }

    private static LiabilityFactsReading Refused(string path, string message) => new(null, [new LiabilityFault(path, message)]);
}
