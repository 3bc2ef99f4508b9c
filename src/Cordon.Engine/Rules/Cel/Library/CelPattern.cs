using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>
/// <c>matches</c>: whether a pattern is found anywhere in a text. Linear in the text: the engine of .NET that never backtracks.
/// What that engine refuses, look-around and back-references, RE2 refuses too; docs/reference/cel.md lists how the two differ.
/// </summary>
internal static class CelPattern
{
    // RE2 allows a repetition of a thousand; nested ones multiply here.
    private const long MostRepetitions = 1000;

    // Patterns that are data are read once too, up to a bound.
    private const int KeptPatterns = 256;

    private static readonly CelError Bad = new("the pattern is not a regular expression");
    private static readonly ConcurrentDictionary<string, Regex> Kept = new(StringComparer.Ordinal);

    public static CelOverload Overload(string id, bool isMember) => new(id, isMember, [CelType.String, CelType.String], CelType.Bool, Emit)
    {
        CanFail = true,
        Costing = CelCosts.Matching,
        Folding = CheckLiteral,
    };

    private static MethodCallExpression Emit(IReadOnlyList<Expression> arguments, ParameterExpression error)
    {
        if (arguments[1] is ConstantExpression { Value: string pattern } && Read(pattern) is { } regex)
            return Expression.Call(Expression.Constant(regex), typeof(Regex).GetMethod(nameof(Regex.IsMatch), [typeof(string)])!, arguments[0]);
        return Expression.Call(new Matching(Matches).Method, arguments[0], arguments[1], error);
    }

    private delegate bool Matching(string text, string pattern, ref CelError? error);

    private static CelNode? CheckLiteral(CelCall call, out string? fault)
    {
        fault = call.Arguments[1] is CelConstant { Value: string pattern } && Read(pattern) is null
            ? $"'{pattern}' is not a regular expression of the supported kind."
            : null;
        return null;
    }

    private static bool Matches(string text, string pattern, ref CelError? error)
    {
        if (!Kept.TryGetValue(pattern, out var regex))
        {
            regex = Read(pattern);
            if (regex is not null && Kept.Count < KeptPatterns) Kept.TryAdd(pattern, regex);
        }
        if (regex is not null) return regex.IsMatch(text);
        error = Bad;
        return false;
    }

    private static Regex? Read(string pattern)
    {
        if (Repetitions(pattern) > MostRepetitions) return null;
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // The product of all counts in braces: no part of the pattern can be repeated more often.
    private static long Repetitions(string pattern)
    {
        long product = 1;
        for (var open = pattern.IndexOf('{', StringComparison.Ordinal); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            long most = 1, count = 0;
            for (var i = open + 1; i < pattern.Length && (char.IsAsciiDigit(pattern[i]) || pattern[i] == ','); i++)
            {
                count = pattern[i] == ',' ? 0 : Math.Min((count * 10) + (pattern[i] - '0'), MostRepetitions + 1);
                most = Math.Max(most, count);
            }
            product = Math.Min(product * most, MostRepetitions + 1);
        }
        return product;
    }
}
