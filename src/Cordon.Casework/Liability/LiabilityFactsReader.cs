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
            return facts is null ? Refused("", "There are no facts.") : new LiabilityFactsReading(facts, []);
        }
        catch (JsonException fault)
        {
            var path = fault.Path is { Length: > 1 } told && told.StartsWith("$.", StringComparison.Ordinal) ? told[2..] : "";
            return Refused(path, fault.LineNumber is { } line ? $"Line {line + 1}: {Plain(fault)}" : Plain(fault));
        }
    }

    /// <summary>The serialiser's own sentence ends in the place, which is told before it.</summary>
    private static string Plain(JsonException fault)
    {
        var end = fault.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? fault.Message : fault.Message[..end];
    }

    private static LiabilityFactsReading Refused(string path, string message) => new(null, [new LiabilityFault(path, message)]);
}
