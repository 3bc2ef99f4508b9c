using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Rules;

/// <summary>Fills one slot from the registers and lists. The signal itself has been applied to them.</summary>
internal abstract class RegisterRead
{
    public abstract void Fill(Signal signal, RuleFrame frame, EngineKnowledge known);
}

/// <summary>A read of an object of a register.</summary>
internal sealed class ObjectRead<T>(SignalReading<T> argument, int place, Func<EngineKnowledge, T, object?> read) : RegisterRead
{
    public override void Fill(Signal signal, RuleFrame frame, EngineKnowledge known) =>
        frame.Objects[place] = read(known, argument(signal, frame, out _));
}

/// <summary>A read that gives a number.</summary>
internal sealed class NumberRead<T>(SignalReading<T> argument, int place, Func<EngineKnowledge, T, Instant, long> read) : RegisterRead
{
    public override void Fill(Signal signal, RuleFrame frame, EngineKnowledge known) =>
        frame.Numbers[place] = read(known, argument(signal, frame, out _), signal.At);
}

/// <summary>A read of two arguments that gives a number.</summary>
internal sealed class CountRead(SignalReading<PersonToken> person, SignalReading<string> member, int place, Func<EngineKnowledge, PersonToken, MemberCode, long> read) : RegisterRead
{
    public override void Fill(Signal signal, RuleFrame frame, EngineKnowledge known)
    {
        var text = member(signal, frame, out _);
        // Nearly always the member that tells the signal: its code needs no reading.
        var code = ReferenceEquals(text, signal.Member.ToString()) ? signal.Member : MemberCode.TryKeep(text, out var kept) ? kept : default;
        frame.Numbers[place] = read(known, person(signal, frame, out _), code);
    }
}

/// <summary>An identifier that a signal leads to, by which windows are kept.</summary>
/// <param name="Text">As the author wrote it.</param>
/// <param name="Space">Which identifiers it is one of.</param>
/// <param name="Place">Its place in <see cref="RuleFrame.Rows"/>.</param>
/// <param name="Add">Puts it into a batch of keys.</param>
internal sealed record IdentifierPath(string Text, IdentifierSpace Space, int Place, Action<Signal, RuleFrame, KeyBatch> Add)
{
    /// <summary>Whether some window counts signals of this kind by it, so that it needs a row of its own.</summary>
    public bool IsFed { get; private set; }

    /// <summary>The numbers of the windows that are fed or asked by it.</summary>
    public ImmutableArray<int> Windows { get; private set; } = [];

    /// <summary>Windows asked by it before the signal counts.</summary>
    public WindowRead[] Before { get; private set; } = [];

    /// <summary>Windows in which the signal counts by it.</summary>
    public WindowFeed[] Feeds { get; private set; } = [];

    /// <summary>Windows asked by it after the signal has counted.</summary>
    public WindowRead[] After { get; private set; } = [];

    /// <summary>Notes that a window is asked by it, or fed.</summary>
    public void Want(Window window, bool isFed)
    {
        IsFed |= isFed;
        if (!Windows.Contains(window.Number)) Windows = Windows.Add(window.Number);
    }

    /// <summary>Takes what is done by it out of all that the plan does.</summary>
    public void Close(IEnumerable<WindowRead> before, IEnumerable<WindowFeed> feeds, IEnumerable<WindowRead> after)
    {
        Before = [.. before.Where(read => ReferenceEquals(read.Path, this))];
        Feeds = [.. feeds.Where(feed => ReferenceEquals(feed.Path, this))];
        After = [.. after.Where(read => ReferenceEquals(read.Path, this))];
    }
}

/// <summary>The kinds of identifier that windows are kept by; each has a table of its own.</summary>
internal enum IdentifierSpace : byte
{
    Phone = 0,
    Account = 1,
    Person = 2,
    Device = 3,
    Trunk = 4,
    Domain = 5,

    /// <summary>What a member calls by its own code: an agent, a branch.</summary>
    Code = 6,
}

/// <summary>Counts a signal in a window.</summary>
/// <param name="Window">The window.</param>
/// <param name="Path">By which identifier.</param>
/// <param name="Where">Which signals count; null for all.</param>
/// <param name="Whole">The value, where it is no real number; null where the window takes none.</param>
/// <param name="Real">The value, where it is a real number.</param>
/// <param name="UsesMoney">Whether it speaks of amounts, and so of signals in the rulebook's currency alone.</param>
internal sealed record WindowFeed(
    Window Window, IdentifierPath Path, SignalReading<bool>? Where, SignalReading<long>? Whole, SignalReading<double>? Real, bool UsesMoney);

/// <summary>Asks a window.</summary>
internal sealed record WindowRead(Window Window, IdentifierPath Path, int Place)
{
    /// <summary>What its slot holds where nothing was counted.</summary>
    public long Empty { get; } = Window.MayBeEmpty ? Untold.Of(Window.Type) : 0;
}

/// <summary>A window of a rulebook.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Declaration">All that its state depends on, as text: two windows of one declaration have one state.</param>
/// <param name="Space">By which identifiers it counts.</param>
/// <param name="Kind">The kind of signal that it counts.</param>
/// <param name="Spec">What it keeps.</param>
/// <param name="Type">The type of its answer.</param>
/// <param name="Number">Its number in the space's table.</param>
internal sealed record Window(string Id, string Declaration, IdentifierSpace Space, SignalKind Kind, WindowSpec Spec, CelType Type, int Number)
{
    private const long LongestSpan = long.MaxValue / 1000;

    /// <summary>Whether it tells of what was before the signal that is judged.</summary>
    public bool IsBefore => Spec.Measure is WindowMeasure.Last or WindowMeasure.FirstSeen or WindowMeasure.Gap;

    /// <summary>Whether it has no answer where nothing was counted.</summary>
    public bool MayBeEmpty => Spec.Measure is not (WindowMeasure.Count or WindowMeasure.Sum or WindowMeasure.Distinct or WindowMeasure.Burst);

    /// <summary>Whether its answer is a real number.</summary>
    public bool IsReal => Type.Kind == CelKind.Double;

    /// <summary>An answer within what its type can hold: a span of 292 years is as good as any longer one.</summary>
    public long Bounded(long answer) => Type.Kind == CelKind.Duration ? Math.Clamp(answer, -LongestSpan, LongestSpan) : answer;

    /// <summary>Whether its table answers with a real number that becomes a whole one.</summary>
    public bool IsRounded => Spec.Measure == WindowMeasure.Average && !IsReal;
}
