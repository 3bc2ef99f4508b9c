using System.Linq.Expressions;

namespace Cordon.Engine.Rules.Cel;

internal sealed partial class CelEmitter
{
    // What the code of one comprehension shares.
    private sealed class Turn(CelLoop loop)
    {
        public readonly CelLoop Loop = loop;
        public readonly ParameterExpression Range = Expression.Variable(typeof(object));
        public readonly ParameterExpression Count = Expression.Variable(typeof(int));
        public readonly ParameterExpression At = Expression.Variable(typeof(int));
        public readonly ParameterExpression First = Expression.Variable(Clr(loop, first: true), loop.First);
        public readonly ParameterExpression Second = Expression.Variable(Clr(loop, first: false), loop.Second ?? "none");
        public readonly LabelTarget Next = Expression.Label("next");
        public readonly LabelTarget Done = Expression.Label("done");

        private static Type Clr(CelLoop loop, bool first) => TypeOf(loop, first).Clr;

        public static CelType TypeOf(CelLoop loop, bool first) => (loop.Range.Type.Kind, first, loop.Second) switch
        {
            (CelKind.List, true, null) => loop.Range.Type.Parameters[0],
            (CelKind.List, true, _) => CelType.Int,
            (CelKind.List, false, _) => loop.Range.Type.Parameters[0],
            (CelKind.Map, true, _) => loop.Range.Type.Parameters[0],
            (CelKind.Map, false, _) => loop.Range.Type.Parameters[1],
            _ => CelType.Dyn,
        };
    }

    private BlockExpression Loop(CelLoop loop, LabelTarget failed)
    {
        var turn = new Turn(loop);
        var range = To(loop.Range, typeof(object), failed);
        var outer = locals;
        locals = locals.SetItem(loop.First, (turn.First, null));
        if (loop.Second is not null) locals = locals.SetItem(loop.Second, (turn.Second, null));
        var code = loop.Loop switch
        {
            CelLoopKind.All or CelLoopKind.Exists => Quantifier(turn, failed),
            CelLoopKind.ExistsOne => ExistsOne(turn, failed),
            CelLoopKind.List => Collection(turn, failed),
            _ => Entries(turn, failed),
        };
        locals = outer;
        Expression count = Runtime(nameof(CelRuntime.Turns), turn.Range, error);
        if (loop.Range.Type.Kind is not (CelKind.List or CelKind.Map)) count = Checked(count, failed);
        return Expression.Block([turn.Range, turn.Count, turn.At], Expression.Assign(turn.Range, range), Expression.Assign(turn.Count, count), code);
    }

    // Runs the body for each turn with the variables set; turns the filter leaves out go to Next.
    private BlockExpression Turns(Turn turn, Expression body, LabelTarget failed)
    {
        List<ParameterExpression> variables = [turn.First];
        List<Expression> steps = [Expression.Assign(turn.First, Item(turn, first: true, failed))];
        if (turn.Loop.Second is not null)
        {
            variables.Add(turn.Second);
            steps.Add(Expression.Assign(turn.Second, Item(turn, first: false, failed)));
        }
        if (turn.Loop.Filter is { } filter) steps.Add(Expression.IfThen(Expression.Not(To(filter, typeof(bool), failed)), Expression.Goto(turn.Next)));
        steps.Add(body);
        steps.Add(Expression.Label(turn.Next));
        steps.Add(Expression.PreIncrementAssign(turn.At));
        return Expression.Block(
            Expression.Assign(turn.At, Expression.Constant(0)),
            Expression.Loop(Expression.Block(
                Expression.IfThen(Expression.GreaterThanOrEqual(turn.At, turn.Count), Expression.Goto(turn.Done)),
                Expression.Block(variables, steps))),
            Expression.Label(turn.Done));
    }

    private Expression Item(Turn turn, bool first, LabelTarget failed)
    {
        var isPair = turn.Loop.Second is not null;
        if (first && isPair && turn.Loop.Range.Type.Kind == CelKind.List) return Expression.Convert(turn.At, typeof(long));
        var item = first
            ? Runtime(nameof(CelRuntime.First), turn.Range, turn.At, Expression.Constant(isPair))
            : Runtime(nameof(CelRuntime.Second), turn.Range, turn.At);
        return Settled(item, Turn.TypeOf(turn.Loop, first), failed);
    }

    // all and exists: a turn that settles the answer makes errors of other turns unheard of.
    private BlockExpression Quantifier(Turn turn, LabelTarget failed)
    {
        var isAll = turn.Loop.Loop == CelLoopKind.All;
        var (result, holds) = (Expression.Variable(typeof(bool)), Expression.Variable(typeof(bool)));
        var firstError = Expression.Variable(typeof(CelError));
        var turnFailed = Expression.Label();
        var body = Expression.Assign(holds, To(turn.Loop.Body, typeof(bool), turnFailed));
        var settled = Expression.IfThen(
            isAll ? Expression.Not(holds) : holds,
            Expression.Block(Expression.Assign(result, Expression.Constant(!isAll)), Expression.Assign(firstError, NoError), Expression.Goto(turn.Done)));
        var step = Expression.Block(
            body,
            Expression.Label(turnFailed),
            Expression.IfThenElse(
                HasError(error),
                Expression.Block(Expression.IfThen(Expression.Not(HasError(firstError)), Expression.Assign(firstError, error)), Expression.Assign(error, NoError)),
                settled));
        return Expression.Block(
            [result, holds, firstError],
            Expression.Assign(result, Expression.Constant(isAll)),
            Expression.Assign(firstError, NoError),
            Turns(turn, step, failed),
            Expression.IfThen(HasError(firstError), Expression.Block(Expression.Assign(error, firstError), Expression.Goto(failed))),
            result);
    }

    private BlockExpression ExistsOne(Turn turn, LabelTarget failed)
    {
        var found = Expression.Variable(typeof(int));
        var step = Expression.IfThen(To(turn.Loop.Body, typeof(bool), failed), Expression.Assign(found, Expression.Increment(found)));
        return Expression.Block(
            [found], Expression.Assign(found, Expression.Constant(0)), Turns(turn, step, failed), Expression.Equal(found, Expression.Constant(1)));
    }

    private BlockExpression Collection(Turn turn, LabelTarget failed)
    {
        var items = Expression.Variable(typeof(List<object?>));
        var step = Expression.Call(items, nameof(List<>.Add), null, To(turn.Loop.Body, typeof(object), failed));
        return Expression.Block(
            [items], Expression.Assign(items, Expression.New(items.Type)), Turns(turn, step, failed), Runtime(nameof(CelRuntime.ToList), items));
    }

    private BlockExpression Entries(Turn turn, LabelTarget failed)
    {
        var entries = Expression.Variable(typeof(List<KeyValuePair<object?, object?>>));
        Expression step;
        if (turn.Loop.Loop == CelLoopKind.Entries)
        {
            step = Expression.Block(
                Runtime(nameof(CelRuntime.AddEntries), entries, To(turn.Loop.Body, typeof(object), failed), error),
                Expression.IfThen(HasError(error), Expression.Goto(failed)));
        }
        else
        {
            var pair = Expression.New(
                typeof(KeyValuePair<object?, object?>).GetConstructor([typeof(object), typeof(object)])!,
                Expression.Convert(turn.First, typeof(object)), To(turn.Loop.Body, typeof(object), failed));
            step = Expression.Call(entries, nameof(List<>.Add), null, pair);
        }
        var map = Checked(Runtime(nameof(CelRuntime.ToMap), entries, error), failed);
        return Expression.Block([entries], Expression.Assign(entries, Expression.New(entries.Type)), Turns(turn, step, failed), map);
    }
}
