using System.Globalization;
using Cordon.Engine.Signals;
using SkiaSharp;

namespace Cordon.Casework.Documents;

/// <summary>What a document says, in both languages; the first line of each is its heading.</summary>
/// <param name="Name">Its number or name.</param>
/// <param name="At">When it was given or stated; the same document gives the same file.</param>
/// <param name="Zh">The text in Chinese.</param>
/// <param name="En">The text in English.</param>
public sealed record DocumentText(string Name, Instant At, string Zh, string En);

/// <summary>Draws a document as a PDF of A4 pages. Chinese needs a font that has it; where none is installed there is no PDF, and the text remains.</summary>
internal static class DocumentPdf
{
    private const float Width = 595;
    private const float Height = 842;
    private const float Margin = 56;
    private const float Line = 19;
    private const int MostFaces = 16;
    private const string Closing = ")]}.,;:!?%）】》」』。，；：！？、”’";
    private const string Opening = "([{（【《「『“‘";

    // Noto Sans CJK (SIL Open Font License) and WenQuanYi (GPL with font exception), where Debian's packages lay them.
    private static readonly string[] Known =
    [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    ];

    /// <summary>The file of a font that shows Chinese; null where none is found.</summary>
    /// <param name="chosen">The file that the operator chose; null for one of those that Debian's packages bring.</param>
    public static string? FindFont(string? chosen) => chosen is null ? Known.FirstOrDefault(File.Exists) : File.Exists(chosen) ? chosen : null;

    /// <summary>Draws it; null where the font does not show Chinese.</summary>
    /// <param name="document">The document.</param>
    /// <param name="fontFile">The font.</param>
    public static byte[]? Draw(DocumentText document, string fontFile)
    {
        using var face = FaceOf(fontFile);
        if (face is null) return null;
        using var buffer = new MemoryStream();
        var about = new SKDocumentPdfMetadata { Title = document.Name, Creation = document.At.ToDateTimeOffset().UtcDateTime, Modified = document.At.ToDateTimeOffset().UtcDateTime };
        using (var drawn = SKDocument.CreatePdf(buffer, about))
        {
            using var font = new SKFont(face, 12);
            using var heading = new SKFont(face, 16);
            using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            var lines = Lines(document.Zh, font, heading).Append(("", font)).Concat(Lines(document.En, font, heading)).ToList();
            var perPage = (int)((Height - (2 * Margin)) / Line);
            foreach (var (page, part) in lines.Chunk(perPage).Index())
            {
                var canvas = drawn.BeginPage(Width, Height);
                foreach (var (i, (text, of)) in part.Index()) canvas.DrawText(text, Margin, Margin + ((i + 1) * Line), SKTextAlign.Left, of, paint);
                canvas.DrawText((page + 1).ToString(CultureInfo.InvariantCulture), Width / 2, Height - (Margin / 2), SKTextAlign.Center, font, paint);
                drawn.EndPage();
            }
            drawn.Close();
        }
        return buffer.ToArray();
    }

    private static SKTypeface? FaceOf(string file)
    {
        SKTypeface? found = null;
        for (var i = 0; i < MostFaces; i++)
        {
            var face = SKTypeface.FromFile(file, i);
            if (face is null) break;
            // A collection holds the shapes of several regions; those of the mainland are preferred.
            var mainland = face.FamilyName.EndsWith("SC", StringComparison.Ordinal);
            if (Shows(face) && (found is null || mainland))
            {
                found?.Dispose();
                found = face;
                if (mainland) break;
            }
            else
            {
                face.Dispose();
            }
        }
        return found;
    }

    private static bool Shows(SKTypeface face)
    {
        using var font = new SKFont(face);
        return font.ContainsGlyphs("止付告知");
    }

    /// <summary>The lines of a text as they fit the page: Chinese breaks anywhere, words of Latin letters stay whole.</summary>
    private static IEnumerable<(string Text, SKFont Font)> Lines(string text, SKFont font, SKFont heading)
    {
        foreach (var (i, paragraph) in text.TrimEnd('\n').Split('\n').Index())
        {
            var of = i == 0 ? heading : font;
            var rest = paragraph;
            if (rest.Length == 0) yield return ("", of);
            while (rest.Length > 0)
            {
                var fits = Fitting(rest, of);
                yield return (rest[..fits].TrimEnd(), of);
                rest = rest[fits..].TrimStart();
            }
        }
    }

    private static int Fitting(string text, SKFont font)
    {
        var length = text.Length;
        while (length > 1 && font.MeasureText(text[..length]) > Width - (2 * Margin)) length--;
        if (length == text.Length) return length;
        var end = length;
        while (end > 0 && Binds(text[end - 1], text[end])) end--;
        return end > 0 ? end : length;
    }

    // Latin words stay whole, no line begins with what closes and none ends with what opens.
    private static bool Binds(char left, char right) =>
        (char.IsAsciiLetterOrDigit(left) && char.IsAsciiLetterOrDigit(right)) || Closing.Contains(right) || Opening.Contains(left);
}
