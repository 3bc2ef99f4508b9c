using Cordon.Casework.Duties;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Cordon.Casework.Packs;

/// <summary>The text of one pack file on its way to a tree.</summary>
internal static class PackText
{
    /// <summary>No pack needs half as many levels.</summary>
    public const int MaxDepth = 32;

    /// <summary>The root of the one document in a text; null, with a fault, where it is none.</summary>
    public static YamlNode? Load(string yaml, PackFaults faults)
    {
        var stream = new YamlStream();
        try
        {
            if (TooDeep(yaml, faults)) return null;
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            faults.Add(checked((int)e.Start.Line), checked((int)e.Start.Column), "", DutyPackFaultKind.Unreadable, e.Message);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // YamlDotNet's scanner answers some unclosed brackets and broken escapes so, without a place.
            faults.Add(0, 0, "", DutyPackFaultKind.Unreadable, "The file is not YAML; look for a bracket or quote that is not closed.");
            return null;
        }
        if (stream.Documents.Count == 1) return stream.Documents[0].RootNode;
        faults.Add(0, 0, "", DutyPackFaultKind.Unreadable, "The file must hold exactly one document.");
        return null;
    }

    /// <summary>The tree is read by recursion; a file of brackets must not bring the process down, nor one of aliases fill the memory.</summary>
    private static bool TooDeep(string yaml, PackFaults faults)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth <= MaxDepth && parser.Current is not AnchorAlias) continue;
            var at = parser.Current.Start;
            faults.Add(checked((int)at.Line), checked((int)at.Column), "", DutyPackFaultKind.Unreadable, "Aliases and deep nesting have no place in a pack.");
            return true;
        }
        return false;
    }
}
