using System.Collections.Immutable;
using System.Text;

namespace Cordon.Casework.Cases.Room;

/// <summary>
/// What a file is, by its first bytes and its name. Only kinds that people bring as evidence are known; the signatures are those that the
/// formats' own specifications fix.
/// </summary>
public static class FileKinds
{
    /// <summary>So many first bytes are looked at.</summary>
    public const int HeadLength = 4096;

    private static readonly ImmutableArray<Kind> Known =
    [
        new("application/pdf", [".pdf"], h => Starts(h, "%PDF-"u8)),
        new("image/png", [".png"], h => Starts(h, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])),
        new("image/jpeg", [".jpg", ".jpeg"], h => Starts(h, [0xFF, 0xD8, 0xFF])),
        new("image/gif", [".gif"], h => Starts(h, "GIF87a"u8) || Starts(h, "GIF89a"u8)),
        new("image/webp", [".webp"], h => Starts(h, "RIFF"u8) && At(h, 8, "WEBP"u8)),
        new("image/heic", [".heic", ".heif"], h => At(h, 4, "ftyp"u8) && (At(h, 8, "heic"u8) || At(h, 8, "heix"u8) || At(h, 8, "mif1"u8))),
        new("audio/wav", [".wav"], h => Starts(h, "RIFF"u8) && At(h, 8, "WAVE"u8)),
        new("audio/mpeg", [".mp3"], h => Starts(h, "ID3"u8) || (h.Length > 1 && h[0] == 0xFF && (h[1] & 0xE0) == 0xE0 && (h[1] & 0x06) != 0)),
        new("audio/amr", [".amr"], h => Starts(h, "#!AMR"u8)),
        new("audio/ogg", [".ogg"], h => Starts(h, "OggS"u8)),
        new("video/mp4", [".mp4", ".m4a", ".mov", ".3gp"], h => At(h, 4, "ftyp"u8) && !At(h, 8, "heic"u8) && !At(h, 8, "heix"u8) && !At(h, 8, "mif1"u8)),
        new("video/webm", [".webm", ".mkv"], h => Starts(h, [0x1A, 0x45, 0xDF, 0xA3])),
        new("application/vnd.openxmlformats-officedocument", [".docx", ".xlsx", ".pptx"], h => Starts(h, [(byte)'P', (byte)'K', 3, 4]) && Has(h, "[Content_Types].xml"u8)),
        new("text/plain", [".txt", ".csv", ".json", ".log", ".eml"], IsText),
    ];

    /// <summary>The media type of a file whose first bytes and name agree.</summary>
    /// <param name="head">Its first <see cref="HeadLength"/> bytes, or all where it is shorter.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The media type; or the refusal of a kind that is not kept, or that is not what the name says.</returns>
    public static Outcome<string> Of(ReadOnlySpan<byte> head, string name)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        foreach (var kind in Known)
            if (kind.Extensions.Contains(extension)) return kind.Is(head) ? kind.MediaType : RoomRefusal.OtherKind;
        return RoomRefusal.UnknownKind;
    }

    private static bool Starts(ReadOnlySpan<byte> head, ReadOnlySpan<byte> with) => head.StartsWith(with);

    private static bool At(ReadOnlySpan<byte> head, int place, ReadOnlySpan<byte> what) => head.Length >= place + what.Length && head.Slice(place, what.Length).SequenceEqual(what);

    private static bool Has(ReadOnlySpan<byte> head, ReadOnlySpan<byte> what) => head.IndexOf(what) >= 0;

    // UTF-8 without control characters. The last character may be cut by the end of the head, so up to three bytes of it are let go.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n')) return false;
        while (!head.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(head, out _, out var taken);
            if (status == System.Buffers.OperationStatus.NeedMoreData) return head.Length < 4;
            if (status != System.Buffers.OperationStatus.Done) return false;
            head = head[taken..];
        }
        return true;
    }

    private delegate bool Test(ReadOnlySpan<byte> head);

    private sealed record Kind(string MediaType, ImmutableArray<string> Extensions, Test Is);
}
