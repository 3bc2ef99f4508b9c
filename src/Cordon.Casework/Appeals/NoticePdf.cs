using System.Globalization;
using SkiaSharp;

namespace Cordon.Casework.Appeals;

/// <summary>Draws a notice as a PDF of A4 pages. Chinese needs a font that has it; where none is installed there is no PDF, and the text remains.</summary>
internal static class NoticePdf
{
    private const float Width = 595;
    private const float Height = 842;
    private const float Margin = 56;
    private const float Line = 19;
    private const int MostFaces = 16;

    // Noto Sans CJK (SIL Open Font License) and WenQuanYi (GPL with font exception), where Debian's packages lay them.
    private static readonly string[] Known =
    [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    ];

    /// <summary>The file of a font that shows Chinese; null where none is found.</summary>
    /// <param name="chosen">The file that the operator chose; null for one of those that Debian's packages bring.</param>
    public static string? FindFont(string? chosen) => chosen is null ? Known.FirstOrDefault(File.Exists) : File.Exists(chosen) ? chosen : null;

    /// <summary>Draws it; null where the font does not show Chinese.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="fontFile">The font.</param>
    public static byte[]? Draw(Notice notice, string fontFile)
    {
        using var face = FaceOf(fontFile);
        if (face is null) return null;
        using var buffer = new MemoryStream();
        var about = new SKDocumentPdfMetadata { Title = notice.Number, Creation = notice.GivenAt.ToDateTimeOffset().UtcDateTime, Modified = notice.GivenAt.ToDateTimeOffset().UtcDateTime };
        using (var document = SKDocument.CreatePdf(buffer, about))
        {
            using var font = new SKFont(face, 12);
            using var heading = new SKFont(face, 16);
            using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            var lines = Lines(notice.TextZh, font, heading).Append(("", font)).Concat(Lines(notice.TextEn, font, heading)).ToList();
            var perPage = (int)((Height - (2 * Margin)) / Line);
            foreach (var (page, part) in lines.Chunk(perPage).Index())
            {
                var canvas = document.BeginPage(Width, Height);
                foreach (var (i, (text, of)) in part.Index()) canvas.DrawText(text, Margin, Margin + ((i + 1) * Line), SKTextAlign.Left, of, paint);
                canvas.DrawText((page + 1).ToString(CultureInfo.InvariantCulture), Width / 2, Height - (Margin / 2), SKTextAlign.Center, font, paint);
                document.EndPage();
            }
            document.Close();
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
        if (length == text.Length || !char.IsAsciiLetterOrDigit(text[length])) return length;
        var word = length;
        while (word > 0 && char.IsAsciiLetterOrDigit(text[word - 1])) word--;
        return word > 0 ? word : length;
    }
}
