using System.Linq.Expressions;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>
/// Money as a type of its own for each currency: sums of two currencies do not compare, which checking tells.
/// <c>money("50000", "CNY")</c> takes literals only and is read while checking.
/// </summary>
internal static class CelMoney
{
    private const string Name = "money";

    private static readonly CelError ShareOfNothing = new("share_of: the whole is zero");

    /// <summary>The type of sums in one currency, by its ISO 4217 letters.</summary>
    public static CelType Of(string currency) => CelType.Opaque(Name, typeof(Amount), CelType.Opaque(currency, typeof(Currency)));

    /// <summary>Why two sums do not go together; null where that is not what is wrong.</summary>
    public static string? Clash(IReadOnlyList<CelType> arguments)
    {
        var currencies = arguments.Where(a => a is { Kind: CelKind.Opaque, Name: Name }).Select(a => a.Parameters[0].Name).Distinct().ToList();
        return currencies.Count > 1 ? $"Sums in {currencies[0]} and {currencies[1]} cannot be compared or added." : null;
    }

    internal static void Add(CelEnvironmentBuilder builder)
    {
        var money = CelType.Opaque(Name, typeof(Amount), CelLibrary.A);
        builder.Function(Name, CelOverload.Global("money", [CelType.String, CelType.String], money, null) with { Folding = Fold });
        (string Sign, Func<Expression, Expression, Expression> Compare)[] orders =
            [("_<_", Expression.LessThan), ("_<=_", Expression.LessThanOrEqual), ("_>_", Expression.GreaterThan), ("_>=_", Expression.GreaterThanOrEqual)];
        foreach (var (sign, compare) in orders)
        {
            builder.Function(sign, CelOverload.Global($"money{sign}", [money, money], CelType.Bool, (x, _) => compare(Minor(x[0]), Minor(x[1]))) with { Guard = IsOneCurrency });
        }
        builder.Function("_+_", CelOverload.Of("money_add", false, [money, money], money, Plus) with { Guard = IsOneCurrency });
        builder.Function("_-_", CelOverload.Of("money_subtract", false, [money, money], money, Minus) with { Guard = IsOneCurrency });
        builder.Function("share_of", CelOverload.Of("money_share_of", true, [money, money], CelType.Double, ShareOf) with { Guard = IsOneCurrency });
        builder.Function("string", CelOverload.Of("string_money", false, [money], CelType.String, (Amount a) => a.ToString()));
    }

    // Checking has made the currencies the same where types are known; where they are not, the guard does.
    private static bool IsOneCurrency(object?[] arguments) => ((Amount)arguments[0]!).Currency == ((Amount)arguments[1]!).Currency;

    // What may catch an error within cannot have a member of a value read off it; handed to a method it can.
    private static Expression Minor(Expression amount) => amount switch
    {
        ConstantExpression { Value: Amount known } => Expression.Constant(known.Minor),
        ParameterExpression or MemberExpression { Expression: ParameterExpression } => Expression.Property(amount, nameof(Amount.Minor)),
        _ => Expression.Call(new Func<Amount, long>(MinorOf).Method, amount),
    };

    private static long MinorOf(Amount amount) => amount.Minor;

    private static CelConstant? Fold(CelCall call, out string? fault)
    {
        fault = null;
        if (call.Arguments is not [CelConstant { Value: string text }, CelConstant { Value: string code }]) fault = "money() takes two literals: money(\"50000\", \"CNY\").";
        else if (!Currency.TryParse(code, out var currency)) fault = $"'{code}' is not an ISO 4217 code of three capital letters.";
        else
        {
            var read = AmountText.Read(text, currency, AmountRounding.Refuse, out var amount, out _);
            if (read == AmountFault.None) return new CelConstant(call.Id, call.At, amount) { Type = Of(currency.Code) };
            fault = $"'{text}' is not an amount in {code}: " + read switch
            {
                AmountFault.Negative => "it is negative.",
                AmountFault.TooFine => $"{code} has {CelText.Invariant(currency.MinorDigits)} decimals.",
                AmountFault.TooLarge => "it is too large.",
                _ => "it is not a decimal number.",
            };
        }
        return null;
    }

    private static Amount Plus(Amount a, Amount b, ref CelError? error) => Sum((Int128)a.Minor + b.Minor, a.Currency, ref error);

    private static Amount Minus(Amount a, Amount b, ref CelError? error) => Sum((Int128)a.Minor - b.Minor, a.Currency, ref error);

    private static Amount Sum(Int128 minor, Currency currency, ref CelError? error)
    {
        if (minor >= long.MinValue && minor <= long.MaxValue) return new Amount((long)minor, currency);
        error = CelError.IntOverflow;
        return default;
    }

    private static double ShareOf(Amount part, Amount whole, ref CelError? error)
    {
        if (whole.Minor != 0) return (double)part.Minor / whole.Minor;
        error = ShareOfNothing;
        return 0;
    }
}
