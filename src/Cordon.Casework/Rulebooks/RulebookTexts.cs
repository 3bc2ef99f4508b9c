using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Rulebooks;

/// <summary>A text of a rulebook's file, kept once however many rulebooks hold it.</summary>
internal sealed class RulebookText
{
    /// <summary>SHA-256 of the text in UTF-8.</summary>
    public required string Digest { get; init; }

    public required string Text { get; init; }
}

/// <summary>Keeps the texts of files by their content: an event names a digest, and the audit log stays small.</summary>
internal static class RulebookTexts
{
    public static ImmutableArray<DraftFile> Name(IReadOnlyList<RulebookFile> files) =>
        [.. files.Select(f => new DraftFile(f.Name, Digest(f.Text), f.Text.Length)).OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Stores what is not there yet.</summary>
    public static async Task KeepAsync(Change change, IReadOnlyList<RulebookFile> files, CancellationToken cancel)
    {
        var texts = files.Select(f => f.Text).Distinct(StringComparer.Ordinal).ToDictionary(Digest, StringComparer.Ordinal);
        var digests = texts.Keys.ToList();
        var known = await change.Db.Set<RulebookText>().Where(t => digests.Contains(t.Digest)).Select(t => t.Digest).ToListAsync(cancel);
        foreach (var (digest, text) in texts)
            if (!known.Contains(digest)) change.Db.Add(new RulebookText { Digest = digest, Text = text });
    }

    /// <summary>The files with their texts.</summary>
    public static async Task<ImmutableArray<RulebookFile>> LoadAsync(CaseworkContext db, ImmutableArray<DraftFile> files, CancellationToken cancel)
    {
        var digests = files.Select(f => f.Digest).Distinct().ToList();
        var texts = await db.Set<RulebookText>().AsNoTracking().Where(t => digests.Contains(t.Digest)).ToDictionaryAsync(t => t.Digest, t => t.Text, cancel);
        return [.. files.Select(f => new RulebookFile(f.Name, texts[f.Digest]))];
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
