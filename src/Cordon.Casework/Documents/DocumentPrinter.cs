using Cordon.Casework.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Casework.Documents;

/// <summary>Prints documents as PDF with the operator's font.</summary>
/// <param name="fontFile">A font that shows Chinese; null for one of those that Debian's packages bring.</param>
public sealed class DocumentPrinter(string? fontFile)
{
    /// <summary>The refusal where no font shows Chinese.</summary>
    public static readonly Refusal NoFont = new("document/no-font", RefusalKind.Conflict,
        "No font that shows Chinese is installed where Cordon runs, so there is no PDF.", "Take the document as JSON, and have fonts-noto-cjk installed.");

    /// <summary>Prints a document; the same document gives the same text on the same pages.</summary>
    /// <param name="document">The document.</param>
    public Outcome<byte[]> Print(DocumentText document) =>
        DocumentPdf.FindFont(fontFile) is { } font && DocumentPdf.Draw(document, font) is { } drawn ? drawn : NoFont;

    /// <summary>A document as the answer of an endpoint.</summary>
    internal Results<FileContentHttpResult, Refused> Answer(DocumentText document) =>
        Print(document) is { Succeeded: true } printed ? TypedResults.File(printed.Value, "application/pdf") : new Refused(NoFont);
}
