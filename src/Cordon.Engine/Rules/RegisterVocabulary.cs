using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Engine.Rules;

/// <summary>What a condition asks the engine's knowledge for.</summary>
internal enum ReadKind
{
    /// <summary>What holds for a line.</summary>
    Line,

    /// <summary>What holds for an account.</summary>
    Account,

    /// <summary>Since when the holder of a line holds it.</summary>
    LineSince,

    /// <summary>How long the holder of a line holds it.</summary>
    LineAge,

    /// <summary>Since when an account is told of.</summary>
    AccountSince,

    /// <summary>How long an account is told of.</summary>
    AccountAge,

    /// <summary>How long no money moved on an account before this signal.</summary>
    AccountIdle,

    /// <summary>With whom a line talks.</summary>
    TalkingTo,

    /// <summary>How many lines a person holds.</summary>
    LinesOf,

    /// <summary>How many lines a person holds at one operator.</summary>
    LinesAt,

    /// <summary>How many accounts a person holds.</summary>
    AccountsOf,

    /// <summary>How many accounts a person holds at one member.</summary>
    AccountsAt,

    /// <summary>Whether an identifier stands on a list.</summary>
    InList,

    /// <summary>The value of a window.</summary>
    Window,
}

/// <summary>The functions and fields that become reads: no code of their own, every one of them is looked up before a condition runs.</summary>
internal static class RegisterVocabulary
{
    private static readonly ImmutableDictionary<string, ReadKind> Functions = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("line", ReadKind.Line), KeyValuePair.Create("account", ReadKind.Account),
        KeyValuePair.Create("talking_to", ReadKind.TalkingTo),
        KeyValuePair.Create("lines_of", ReadKind.LinesOf), KeyValuePair.Create("lines_at", ReadKind.LinesAt),
        KeyValuePair.Create("accounts_of", ReadKind.AccountsOf), KeyValuePair.Create("accounts_at", ReadKind.AccountsAt),
    ]);

    private static readonly ImmutableDictionary<(string Owner, string Field), ReadKind> Fields = ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create(("line", "since"), ReadKind.LineSince), KeyValuePair.Create(("line", "age"), ReadKind.LineAge),
        KeyValuePair.Create(("holding", "since"), ReadKind.AccountSince), KeyValuePair.Create(("holding", "age"), ReadKind.AccountAge),
        KeyValuePair.Create(("holding", "idle"), ReadKind.AccountIdle),
    ]);

    /// <summary>The names that no window may take.</summary>
    public static IEnumerable<string> FunctionNames => Functions.Keys;

    /// <summary>The type of a list of identifiers.</summary>
    public static CelType ListOf(CelType entry) => CelType.Opaque($"list of {entry}", typeof(EntryList));

    public static void AddTo(CelEnvironmentBuilder words)
    {
        var (phone, account, person) = (SignalVocabulary.Phone, SignalVocabulary.Account, SignalVocabulary.Person);
        words.Function("line", CelOverload.Global("line", [phone], SignalVocabulary.Line, null));
        words.Function("account", CelOverload.Global("account", [account], SignalVocabulary.Holding, null));
        words.Function("talking_to", CelOverload.Global("talking_to", [phone], phone, null));
        words.Function("lines_of", CelOverload.Global("lines_of", [person], CelType.Int, null));
        words.Function("lines_at", CelOverload.Global("lines_at", [person, CelType.String], CelType.Int, null));
        words.Function("accounts_of", CelOverload.Global("accounts_of", [person], CelType.Int, null));
        words.Function("accounts_at", CelOverload.Global("accounts_at", [person, CelType.String], CelType.Int, null));
        words.Field(new CelField(SignalVocabulary.Line, "since", CelType.Timestamp, null));
        words.Field(new CelField(SignalVocabulary.Line, "age", CelType.Duration, null));
        words.Field(new CelField(SignalVocabulary.Holding, "since", CelType.Timestamp, null));
        words.Field(new CelField(SignalVocabulary.Holding, "age", CelType.Duration, null));
        words.Field(new CelField(SignalVocabulary.Holding, "idle", CelType.Duration, null));
        foreach (var entry in (ReadOnlySpan<CelType>)[phone, account, SignalVocabulary.Domain, SignalVocabulary.Device, person])
            words.Function("@in", CelOverload.Global($"in_{entry.Name}_list", [entry, ListOf(entry)], CelType.Bool, null));
    }

    /// <summary>Whether a call is a read of a register, and which.</summary>
    public static bool IsRead(CelCall call, out ReadKind kind) => Functions.TryGetValue(call.Function, out kind) && call.Overloads is [{ Emit: null }];

    /// <summary>Whether a field is a read of its own, and which.</summary>
    public static bool IsRead(CelSelect select, out ReadKind kind)
    {
        kind = default;
        return select.Declared is { Emit: null } field && Fields.TryGetValue((field.Owner.Name, field.Name), out kind);
    }
}
