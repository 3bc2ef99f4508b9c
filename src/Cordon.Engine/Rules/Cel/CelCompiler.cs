using System.Linq.Expressions;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Turns checked expressions into delegates.</summary>
internal static class CelCompiler
{
    private static readonly Expression NoError = Expression.Constant(null, typeof(CelError));

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
        where TDelegate : Delegate
    {
        var failing = new CelFailing(expression.Root, name => variables(name) is not null);
        var slot = parameters.FirstOrDefault(p => p.IsByRef && p.Type == typeof(CelError));
        if (slot is null && failing[expression.Root])
            throw new InvalidOperationException($"The expression can fail and the delegate has no place for the error: {expression.Source}");
        var error = Expression.Variable(typeof(CelError), "error");
        var answer = Answer<TDelegate>(expression.Root);
        var result = Expression.Variable(answer, "result");
        var failed = Expression.Label("failed");
        var code = new CelEmitter(error, failing, variables).Emit(expression.Root, failed);
        if (code.Type != answer) code = Expression.Convert(code, answer);
        List<Expression> body = [Expression.Assign(result, code), Expression.Label(failed)];
        if (slot is not null) body.Add(Expression.Assign(slot, failing[expression.Root] ? error : NoError));
        body.Add(result);
        return Expression.Lambda<TDelegate>(Expression.Block([error, result], body), parameters).Compile();
    }

    private static Type Answer<TDelegate>(CelNode root)
    {
        var answer = typeof(TDelegate).GetMethod("Invoke")!.ReturnType;
        return answer == root.Type.Clr || answer == typeof(object)
            ? answer
            : throw new InvalidOperationException($"The expression answers {root.Type}, the delegate {answer.Name}.");
    }
}
