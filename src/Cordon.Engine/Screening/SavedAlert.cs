using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// An alert in a snapshot: the signal, and what was looked up for it, so that its reasons and explanation can be told again.
/// The rulebook itself stays in the library.
/// </summary>
internal readonly struct SavedAlert(SnapshotWriter to)
{
    private const int MostSpoken = 10_000;

    public void Write(Alert alert)
    {
        var (verdict, judgement) = (alert.Verdict, alert.Verdict.Judgement!);
        to.Number(alert.Sequence);
        new SavedSignals(to).Write(alert.Signal!);
        to.Text(verdict.Rulebook);
        to.Number((long)verdict.Action);
        to.Number(verdict.HoldUntil is null ? 0 : 1);
        if (verdict.HoldUntil is { } until) to.Number(until.Micros);
        to.Number(judgement.Spoken.Length);
        foreach (var place in judgement.Spoken) to.Number(place);
        Write(judgement.Frame);
    }

    public static Alert Read(ref SnapshotReader from, Func<string, Rulebook> find)
    {
        var sequence = from.Number();
        var signal = SavedSignals.Read<Signal>(ref from);
        var rulebook = find(from.Text(FieldLimits.HashLength));
        var action = (VerdictAction)from.Count((int)VerdictAction.Block);
        Instant? until = from.Count(1) == 1 ? new Instant(from.Number()) : null;
        var plan = rulebook.PlanOf(signal.Kind) ?? throw new FormatException("A snapshot's alert was judged by a rulebook that judges no such signals.");
        var spoken = new int[from.Elements(MostSpoken)];
        for (var i = 0; i < spoken.Length; i++) spoken[i] = from.Count(plan.Rules.Length - 1);
        var judgement = new Judgement(plan, signal, ReadFrame(ref from, rulebook, plan), ImmutableArray.Create(spoken));
        return new Alert(sequence, signal, new Verdict(action, until, rulebook.Hash, judgement));
    }

    private void Write(RuleFrame frame)
    {
        to.Number(frame.Numbers.Length);
        to.Column<long>(frame.Numbers);
        foreach (var told in frame.Objects)
        {
            to.Number(told is null ? 0 : 1);
            if (told is Signal signal) new SavedSignals(to).Write(signal);
        }
        to.Number(frame.Parameters.Numbers.Length);
        to.Column<long>(frame.Parameters.Numbers);
        foreach (var text in frame.Parameters.Texts) to.Text(text ?? "");
    }

    private static RuleFrame ReadFrame(ref SnapshotReader from, Rulebook rulebook, KindPlan plan)
    {
        var frame = new RuleFrame(plan.NumberCount, plan.ObjectCount, 0);
        if (from.Count(int.MaxValue) != frame.Numbers.Length) throw new FormatException("A snapshot's alert looked other things up than its rulebook does.");
        from.Column<long>(frame.Numbers);
        foreach (var slot in plan.Slots)
        {
            if (!slot.IsObject || from.Count(1) == 0) continue;
            // Conditions take an object's type on trust.
            frame.Objects[slot.Place] = slot.Type.Equals(SignalVocabulary.Line) ? SavedSignals.Read<Subscription>(ref from) : SavedSignals.Read<AccountOpening>(ref from);
        }
        var numbers = new long[from.Values<long>(int.MaxValue)];
        from.Column<long>(numbers);
        frame.Parameters = rulebook.ParametersLike(numbers, ReadTexts(ref from, numbers.Length)) ?? throw new FormatException("A snapshot's alert had parameters that its rulebook has not.");
        return frame;
    }

    private static string[] ReadTexts(ref SnapshotReader from, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = from.Text(4_096);
        return texts;
    }
}
