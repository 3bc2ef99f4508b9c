using Cordon.Casework.Duties;
using YamlDotNet.RepresentationModel;

namespace Cordon.Casework.Packs;

/// <summary>One fault of a pack file, with its place.</summary>
/// <param name="File">The file's name; empty where a pack is one file.</param>
/// <param name="Line">The line, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">The column, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Path">Where in the pack: <c>duties[3].threshold.lines</c>.</param>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Suggestion">The name that was most likely meant; null where none is near.</param>
internal sealed record PackFault(string File, int Line, int Column, string Path, DutyPackFaultKind Kind, string Message, string? Suggestion)
{
    /// <summary>What is wrong, and the name that was most likely meant.</summary>
    public string Told => Suggestion is { } near ? $"{Message} Did you mean '{near}'?" : Message;
}

/// <summary>Collects what is wrong with one file of a pack. Beyond <see cref="Most"/> it counts no further: nobody reads more.</summary>
/// <param name="file">The file's name; empty where a pack is one file.</param>
/// <param name="lines">The file's lines, where places within blocks of text are wanted.</param>
internal sealed class PackFaults(string file, string[]? lines = null)
{
    public const int Most = 1_000;

    private readonly List<PackFault> found = [];
    private readonly HashSet<PackFault> told = [];

    public string File => file;

    public IReadOnlyList<PackFault> Found => found;

    /// <summary>Where the text of a block begins whose sign stands on a line; null where that cannot be told.</summary>
    public (int Line, int Column)? BlockAfter(int line)
    {
        for (var i = line; lines is not null && i < lines.Length; i++)
            if (lines[i].AsSpan().IndexOfAnyExcept(' ', '\r') is >= 0 and var column) return (i + 1, column + 1);
        return null;
    }

    public void Add(YamlNode at, string path, DutyPackFaultKind kind, string message, string? suggestion = null) =>
        Add(checked((int)at.Start.Line), checked((int)at.Start.Column), path, kind, message, suggestion);

    public void Add(int line, int column, string path, DutyPackFaultKind kind, string message, string? suggestion = null)
    {
        var fault = new PackFault(file, line, column, path, kind, message, suggestion);
        if (found.Count < Most && told.Add(fault)) found.Add(fault);
    }
}
