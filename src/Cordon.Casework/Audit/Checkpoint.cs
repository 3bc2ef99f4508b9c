using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Audit;

/// <summary>
/// What the log commits itself to: its size and root, in the text of C2SP tlog-checkpoint. Cordon adds one
/// extension line, <c>at</c> and the instant of signing, so that a member can see how old the newest one is.
/// </summary>
/// <param name="Origin">The log's name; also the name of the key that signs.</param>
/// <param name="Size">Leaves in the tree.</param>
/// <param name="Root">Root over exactly those leaves.</param>
/// <param name="At">When it was signed, by the log's own clock; null in another log's checkpoint.</param>
internal sealed record Checkpoint(string Origin, long Size, TreeHash Root, Instant? At)
{
    private const string AtPrefix = "at ";

    public string ToText() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n") + (At is { } at ? $"{AtPrefix}{at}\n" : "");

    public SignedNote Sign(AuditKey key) =>
        key.Verifier.Name == Origin ? SignedNote.Sign(ToText(), key) : throw new ArgumentException($"The key of '{key.Verifier.Name}' does not sign for '{Origin}'.", nameof(key));

    /// <summary>
    /// Opens a signed checkpoint: signature first, then the text. The origin must be the key's name, so that a
    /// key used for two logs cannot pass one's checkpoint off as the other's.
    /// </summary>
    public static CheckpointFault TryOpen(string source, VerifierKey key, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var fault = SignedNote.TryParse(source, out var note);
        if (fault == NoteFault.None) fault = note!.Check(key);
        if (fault != NoteFault.None) return OfNote(fault);
        var body = TryParseText(note!.Text, out var read);
        if (body != CheckpointFault.None) return body;
        if (read!.Origin != key.Name) return CheckpointFault.OtherOrigin;
        checkpoint = read;
        return CheckpointFault.None;
    }

    internal static CheckpointFault TryParseText(string text, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (!text.EndsWith('\n')) return CheckpointFault.MissingLine;
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3) return CheckpointFault.MissingLine;
        if (lines.Any(line => line.Length == 0)) return CheckpointFault.EmptyLine;
        if (!TryParseSize(lines[1], out var size)) return CheckpointFault.MalformedSize;
        if (!TreeHash.TryParse(lines[2], out var root)) return CheckpointFault.MalformedRoot;
        if (size == 0 && root != MerkleTree.EmptyRoot) return CheckpointFault.RootOfNothing;
        Instant? at = null;
        foreach (var line in lines.AsSpan(3))
        {
            if (!line.StartsWith(AtPrefix, StringComparison.Ordinal)) continue;
            if (at is not null || !Instant.TryParse(line.AsSpan(AtPrefix.Length), out var value)) return CheckpointFault.MalformedTime;
            at = value;
        }
        checkpoint = new Checkpoint(lines[0], size, root, at);
        return CheckpointFault.None;
    }

    private static bool TryParseSize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && (text[0] != '0' || text.Length == 1);

    private static CheckpointFault OfNote(NoteFault fault) => fault switch
    {
        NoteFault.TooLarge => CheckpointFault.TooLarge,
        NoteFault.NotText => CheckpointFault.NotText,
        NoteFault.NoSignatures => CheckpointFault.NoSignatures,
        NoteFault.MalformedSignature => CheckpointFault.MalformedSignature,
        NoteFault.NotSignedByKey => CheckpointFault.NotSignedByKey,
        NoteFault.BadSignature => CheckpointFault.BadSignature,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}

/// <summary>Why a text is not a checkpoint by a key. The first six are <see cref="NoteFault"/>'s.</summary>
internal enum CheckpointFault
{
    None,
    TooLarge,
    NotText,
    NoSignatures,
    MalformedSignature,
    NotSignedByKey,
    BadSignature,

    /// <summary>Fewer than the three lines origin, size and root.</summary>
    MissingLine,

    /// <summary>An empty line among the text's lines.</summary>
    EmptyLine,

    /// <summary>The size is not a decimal number without sign and leading zeros.</summary>
    MalformedSize,

    /// <summary>The root is not canonical base64 of 32 bytes.</summary>
    MalformedRoot,

    /// <summary>The size is 0 and the root is not the root of no leaves.</summary>
    RootOfNothing,

    /// <summary>More than one line of time, or one that is not RFC 3339.</summary>
    MalformedTime,

    /// <summary>The origin is not the key's name.</summary>
    OtherOrigin,
}
