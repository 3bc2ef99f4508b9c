using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>A compiled expression over a signal and what was looked up for it. The error is null where there is a value.</summary>
internal delegate T SignalReading<T>(Signal signal, RuleFrame frame, out CelError? error);

/// <summary>Where a variable of a condition lies.</summary>
/// <param name="Name">Its name in the rewritten tree.</param>
/// <param name="Text">The read as the author wrote it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Place">Its place among the frame's numbers or objects, by the type.</param>
internal sealed record Slot(string Name, string Text, CelType Type, int Place)
{
    /// <summary>Whether it lies among the objects.</summary>
    public bool IsObject => IsObjectType(Type);

    public static bool IsObjectType(CelType type) => type.Equals(SignalVocabulary.Line) || type.Equals(SignalVocabulary.Holding);
}

/// <summary>Turns checked trees into code over a signal and its frame.</summary>
/// <param name="kind">The kind of signal.</param>
/// <param name="currency">The currency of money.</param>
/// <param name="slots">The reads, by the names of their variables.</param>
/// <param name="parameters">The parameters, by name, in the order of their places.</param>
internal sealed class ConditionCode(SignalKind kind, Currency currency, Dictionary<string, Slot> slots, IReadOnlyList<Parameter> parameters)
{
    private static readonly ParameterExpression Signal = Expression.Parameter(typeof(Signal), "signal");
    private static readonly ParameterExpression Frame = Expression.Parameter(typeof(RuleFrame), "frame");
    private static readonly ParameterExpression Error = Expression.Parameter(typeof(CelError).MakeByRefType(), "error");

    /// <summary>Compiles a tree whose type has the CLR type <typeparamref name="T"/>.</summary>
    public SignalReading<T> Compile<T>(CelChecked expression) =>
        CelCompiler.Compile<SignalReading<T>>(expression, [Signal, Frame, Error], Variable);

    /// <summary>The boxed value of a variable, for explaining.</summary>
    public bool TryRead(string name, Signal signal, RuleFrame frame, out object? value)
    {
        value = null;
        if (name == SignalVocabulary.NameOf(kind))
        {
            value = signal;
            return true;
        }
        if (slots.TryGetValue(name, out var slot))
        {
            value = slot.IsObject ? frame.Objects[slot.Place] : Box(slot.Type, frame.Numbers[slot.Place]);
            return true;
        }
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Variable != name) continue;
            value = parameters[i].Type.Equals(CelType.String) ? frame.Parameters.Texts[i] : Box(parameters[i].Type, frame.Parameters.Numbers[i]);
            return true;
        }
        return false;
    }

    private Expression? Variable(string name)
    {
        if (name == SignalVocabulary.NameOf(kind)) return SignalVocabulary.Subject(kind, Signal);
        if (slots.TryGetValue(name, out var slot))
        {
            if (!slot.IsObject) return FromNumber(slot.Type, At(Expression.Property(Frame, nameof(RuleFrame.Numbers)), slot.Place));
            return Expression.Call(typeof(Unsafe), nameof(Unsafe.As), [slot.Type.Clr], At(Expression.Property(Frame, nameof(RuleFrame.Objects)), slot.Place));
        }
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Variable != name) continue;
            var row = Expression.Property(Frame, nameof(RuleFrame.Parameters));
            return parameters[i].Type.Equals(CelType.String)
                ? At(Expression.Property(row, nameof(ParameterRow.Texts)), i)
                : FromNumber(parameters[i].Type, At(Expression.Property(row, nameof(ParameterRow.Numbers)), i));
        }
        return null;
    }

    private static BinaryExpression At(Expression array, int place) => Expression.ArrayIndex(array, Expression.Constant(place));

    private Expression FromNumber(CelType type, Expression number) => type.Kind switch
    {
        CelKind.Int => number,
        CelKind.Bool => Expression.NotEqual(number, Expression.Constant(0L)),
        CelKind.Double => Expression.Call(typeof(BitConverter), nameof(BitConverter.Int64BitsToDouble), null, number),
        CelKind.Duration => Expression.Call(typeof(CelDuration), nameof(CelDuration.FromMicros), null, number),
        CelKind.Timestamp => Expression.Call(typeof(CelTimestamp), nameof(CelTimestamp.FromMicros), null, number),
        _ when type.Clr == typeof(PhoneNumber) => Expression.New(typeof(PhoneNumber).GetConstructor([typeof(long)])!, number),
        _ when type.Clr == typeof(Amount) => Expression.New(typeof(Amount).GetConstructor([typeof(long), typeof(Currency)])!, number, Expression.Constant(currency)),
        _ => throw new InvalidOperationException($"No slot holds a {type}."),
    };

    private object Box(CelType type, long number) => type.Kind switch
    {
        CelKind.Int => number,
        CelKind.Bool => number != 0,
        CelKind.Double => BitConverter.Int64BitsToDouble(number),
        CelKind.Duration => CelDuration.FromMicros(number),
        CelKind.Timestamp => CelTimestamp.FromMicros(number),
        _ when type.Clr == typeof(PhoneNumber) => new PhoneNumber(number),
        _ when type.Clr == typeof(Amount) => new Amount(number, currency),
        _ => throw new InvalidOperationException($"No slot holds a {type}."),
    };
}

/// <summary>A parameter of a rulebook.</summary>
/// <param name="Variable">Its name in conditions: <c>params.max_lines</c>.</param>
/// <param name="Type">Its type.</param>
internal sealed record Parameter(string Variable, CelType Type);
