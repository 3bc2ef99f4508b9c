using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>What sort of word a condition can use.</summary>
public enum RuleWordSort
{
    /// <summary>The signal that is judged, by the name of its kind.</summary>
    Signal,

    /// <summary>A field of the type <see cref="RuleWord.Owner"/>.</summary>
    Field,

    /// <summary>One of a closed set: <c>Origin.Domestic</c>.</summary>
    Constant,

    /// <summary>A function: <c>line(call.caller)</c>.</summary>
    Function,

    /// <summary>A function called on its first argument, a value of the type <see cref="RuleWord.Owner"/>.</summary>
    Method,

    /// <summary>A list that casework keeps.</summary>
    List,
}

/// <summary>One word that conditions can use, for an editor to offer.</summary>
/// <param name="Sort">What sort.</param>
/// <param name="Name">How it is written.</param>
/// <param name="Owner">The type that it is asked of; empty for others.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Detail">Its shape, for a reader: <c>(phone) → line</c>.</param>
public sealed record RuleWord(RuleWordSort Sort, string Name, string Owner, string Type, string Detail);

/// <summary>The words of conditions, told from the very tables by which conditions are checked.</summary>
public static class RuleVocabulary
{
    // Of the standard library only what rules use; an editor that offers everything offers nothing.
    private static readonly ImmutableArray<string> Plain = ["has", "size", "duration", "timestamp", "money", "matches", "contains", "startsWith", "endsWith"];

    /// <summary>All words, where money is of one currency.</summary>
    public static ImmutableArray<RuleWord> Words(Currency currency)
    {
        var words = new Dictionary<(RuleWordSort, string, string), RuleWord>();
        foreach (var name in SignalVocabulary.KindNames)
        {
            SignalVocabulary.TryReadKind(name, out var kind);
            var own = SignalVocabulary.Environment(kind, currency);
            Add(words, new RuleWord(RuleWordSort.Signal, name, "", name, "signal"));
            foreach (var field in own.Fields.Values) Add(words, new RuleWord(RuleWordSort.Field, field.Name, field.Owner.Name, field.Type.ToString(), field.Type.ToString()));
            foreach (var (constant, value) in own.Constants.Where(c => c.Key.Contains('.')))
                Add(words, new RuleWord(RuleWordSort.Constant, constant, "", value.Type.ToString(), value.Type.ToString()));
            foreach (var function in own.Functions.Values.Where(IsOffered)) AddFunction(words, function);
        }
        foreach (var (list, entry) in ListTable.LiveTypes) Add(words, new RuleWord(RuleWordSort.List, list, "", entry.Name, $"live list of {entry.Name}"));
        return [.. words.Values.OrderBy(w => w.Sort).ThenBy(w => w.Owner, StringComparer.Ordinal).ThenBy(w => w.Name, StringComparer.Ordinal)];
    }

    private static bool IsOffered(CelFunction function) =>
        Plain.Contains(function.Name) || function.Overloads.Any(o => o.Parameters.Any(p => IsOurs(p.Name)) && !function.Name.StartsWith('@') && !function.Name.StartsWith('_'));

    private static bool IsOurs(string type) => type is "phone" or "account" or "person" or "device" or "trunk" or "domain" or "money";

    private static void AddFunction(Dictionary<(RuleWordSort, string, string), RuleWord> words, CelFunction function)
    {
        foreach (var overload in function.Overloads)
        {
            var taken = overload.IsMember ? overload.Parameters.Skip(1) : overload.Parameters;
            var detail = $"({string.Join(", ", taken)}) → {overload.Result}";
            Add(words, overload.IsMember
                ? new RuleWord(RuleWordSort.Method, function.Name, overload.Parameters[0].ToString(), overload.Result.ToString(), detail)
                : new RuleWord(RuleWordSort.Function, function.Name, "", overload.Result.ToString(), detail));
        }
    }

    private static void Add(Dictionary<(RuleWordSort, string, string), RuleWord> words, RuleWord word) => words.TryAdd((word.Sort, word.Owner, word.Name), word);
}
