using System.Linq.Expressions;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Turns checked expressions into delegates.</summary>
internal static class CelCompiler
{
    /// <summary>
    /// Compiles an expression. Its evaluation allocates nothing where all node types are scalars or host structs.
    /// </summary>
    /// <param name="expression">A checked expression; host-only calls and fields have been rewritten.</param>
    /// <param name="parameters">
    /// The delegate's parameters. One of type <c>ref</c> or <c>out CelError</c> receives the error, null where there is none;
    /// without one an expression that can fail is refused.
    /// </param>
    /// <param name="variables">The code that reads a host variable, of its type's CLR type; null where the host has none of that name.</param>
    /// <exception cref="InvalidOperationException">A host-only node, a variable without code, or an error with nowhere to go: bugs of the host.</exception>
    public static TDelegate Compile<TDelegate>(CelChecked expression, IReadOnlyList<ParameterExpression> parameters, Func<string, Expression?> variables)
        where TDelegate : Delegate =>
        throw new InvalidOperationException("Being written.");
}
