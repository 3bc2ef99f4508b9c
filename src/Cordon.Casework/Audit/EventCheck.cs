using System.Text;
using System.Text.Json;
using Cordon.Casework.Storage;

namespace Cordon.Casework.Audit;

/// <summary>
/// Holds a stored event against itself: only the body is sealed, so what stands beside it for searching must say
/// the same, or a changed column would be believed.
/// </summary>
internal static class EventCheck
{
    public static IEnumerable<AuditFault> Of(EventRow row)
    {
        if (TryReadHeader(row.Body) is not { } header)
        {
            yield return new AuditFault(AuditFaultKind.BodyUnreadable, row.Leaf, row.Position, "The body is not an event's text.");
            yield break;
        }
        foreach (var column in Differing(row, header))
            yield return new AuditFault(AuditFaultKind.ColumnDiffers, row.Leaf, row.Position, $"The column {column} says other than the body.");
        // An erased part is no fault: that is what it lies outside the leaf for.
        if (row.Personal is { } personal && header.Personal != EventText.Digest(personal))
            yield return new AuditFault(AuditFaultKind.PersonalDiffers, row.Leaf, row.Position, "The personal part is not the one whose digest was written.");
    }

    private static IEnumerable<string> Differing(EventRow row, Header header)
    {
        if (row.Name != header.Event) yield return nameof(row.Name);
        if (row.Stream != header.Stream) yield return nameof(row.Stream);
        if (row.Version != header.Version) yield return nameof(row.Version);
        if (row.At.ToString() != header.At) yield return nameof(row.At);
        if (row.Actor != header.Actor) yield return nameof(row.Actor);
    }

    private static Header? TryReadHeader(string body)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
            return JsonSerializer.Deserialize<Header>(ref reader, CaseworkJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The head of a body, as <see cref="EventText"/> writes it.</summary>
    private sealed record Header(string? Event, string? Stream, int Version, string? At, string? Actor, string? Personal);
}
