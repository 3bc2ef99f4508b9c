using System.Buffers.Binary;
using System.Text;

namespace Cordon.Casework.Audit;

/// <summary>
/// A text with signatures under it, in the form of C2SP signed-note: the text, an empty line, then lines of
/// <c>— name base64(key id ‖ signature)</c>. The text means nothing until <see cref="Check"/> has said None.
/// </summary>
internal sealed class SignedNote
{
    /// <summary>A note comes from outside; both limits leave ample room for cosignatures of witnesses.</summary>
    public const int MaxBytes = 1 << 18;

    /// <inheritdoc cref="MaxBytes"/>
    public const int MaxSignatures = 64;

    private const string Dash = "\u2014 ";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The signed text with its last newline.</summary>
    public string Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    public static SignedNote Sign(string text, AuditKey key)
    {
        if (!text.EndsWith('\n') || text.Any(c => c < ' ' && c != '\n')) throw new ArgumentException("A note is lines of text without control characters.", nameof(text));
        return new SignedNote(text, [new NoteSignature(key.Verifier.Name, key.Verifier.Id, key.Sign(Utf8.GetBytes(text)))]);
    }

    public static NoteFault TryParse(string source, out SignedNote? note)
    {
        note = null;
        if (source.Length > MaxBytes) return NoteFault.TooLarge;
        byte[] bytes;
        try { bytes = Utf8.GetBytes(source); }
        catch (EncoderFallbackException) { return NoteFault.NotText; }
        return TryParse(bytes, out note);
    }

    public static NoteFault TryParse(ReadOnlySpan<byte> source, out SignedNote? note)
    {
        note = null;
        if (source.Length > MaxBytes) return NoteFault.TooLarge;
        string all;
        try { all = Utf8.GetString(source); }
        catch (DecoderFallbackException) { return NoteFault.NotText; }
        if (all.Any(c => c < ' ' && c != '\n')) return NoteFault.NotText;
        // The text may hold empty lines; the last one divides it from the signatures.
        var divide = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (divide < 0 || divide + 2 == all.Length || all[^1] != '\n') return NoteFault.NoSignatures;
        var lines = all[(divide + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures) return NoteFault.TooLarge;
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (!TryParseLine(line, out var signature)) return NoteFault.MalformedSignature;
            signatures.Add(signature);
        }
        note = new SignedNote(all[..(divide + 1)], signatures);
        return NoteFault.None;
    }

    /// <summary>
    /// Whether the key signed the text. Signatures by other keys are passed over; one by this key that fails
    /// condemns the note, even beside another that holds.
    /// </summary>
    public NoteFault Check(VerifierKey key)
    {
        var found = false;
        foreach (var signature in Signatures)
        {
            if (signature.Name != key.Name || signature.KeyId != key.Id) continue;
            if (!key.Verify(Utf8.GetBytes(Text), signature.Bytes)) return NoteFault.BadSignature;
            found = true;
        }
        return found ? NoteFault.None : NoteFault.NotSignedByKey;
    }

    public override string ToString()
    {
        var all = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            var bytes = new byte[4 + signature.Bytes.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
            signature.Bytes.CopyTo(bytes, 4);
            all.Append(Dash).Append(signature.Name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }
        return all.ToString();
    }

    private static bool TryParseLine(string line, out NoteSignature signature)
    {
        signature = default;
        if (!line.StartsWith(Dash, StringComparison.Ordinal)) return false;
        var space = line.IndexOf(' ', Dash.Length);
        if (space < 0) return false;
        var name = line[Dash.Length..space];
        if (!VerifierKey.IsName(name) || !CanonicalBase64.TryDecode(line[(space + 1)..], out var bytes) || bytes.Length < 5) return false;
        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]);
        return true;
    }
}

internal readonly record struct NoteSignature(string Name, uint KeyId, byte[] Bytes);

/// <summary>What is wrong with a signed note.</summary>
internal enum NoteFault
{
    None,

    /// <summary>Larger, or with more signatures, than a note may have.</summary>
    TooLarge,

    /// <summary>Not UTF-8, or with control characters other than newline.</summary>
    NotText,

    /// <summary>No empty line with signature lines after it, or the last line is not ended.</summary>
    NoSignatures,

    /// <summary>A line after the last empty line is not <c>— name base64</c>.</summary>
    MalformedSignature,

    /// <summary>The key's name and id are on no signature.</summary>
    NotSignedByKey,

    /// <summary>A signature by the key does not match the text.</summary>
    BadSignature,
}
