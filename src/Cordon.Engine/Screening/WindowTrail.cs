using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// A window that a rule asked for a verdict, and the test by which the signals behind its answer are found again in the journal.
/// Where a window is kept by what a register says (the person of an account), what the register says now is taken.
/// Not for two threads at once.
/// </summary>
public sealed class WindowTrail
{
    private readonly Rulebook rulebook;
    private readonly KindPlan plan;
    private readonly WindowFeed feed;
    private readonly RuleFrame frame;
    private readonly KeyBatch asked = new();
    private readonly KeyBatch told = new();
    private readonly bool before;

    private WindowTrail(Rulebook rulebook, Judgement judgement, WindowRead read, KindPlan plan, WindowFeed feed, string value)
    {
        (this.rulebook, this.plan, this.feed, Value) = (rulebook, plan, feed, value);
        (Window, Text, Kind) = (read.Window.Id, $"{read.Window.Id}({read.Path.Text})", read.Window.Kind);
        (Until, before) = (judgement.Signal.At, read.Window.IsBefore);
        After = Until + TimeSpan.FromMicroseconds(-read.Window.Spec.Over);
        frame = plan.NewFrame();
        frame.Parameters = rulebook.ParametersOf("");
        read.Path.Add(judgement.Signal, judgement.Frame, asked);
    }

    /// <summary>The window's id.</summary>
    public string Window { get; }

    /// <summary>How the condition asked it: <c>callees_24h(call.caller)</c>.</summary>
    public string Text { get; }

    /// <summary>What it answered.</summary>
    public string Value { get; }

    /// <summary>The kind of signal it counts.</summary>
    public SignalKind Kind { get; }

    /// <summary>It counts what happened after this instant.</summary>
    public Instant After { get; }

    /// <summary>It counts what happened up to this instant.</summary>
    public Instant Until { get; }

    /// <summary>The windows that the rules which spoke had asked; none where the rulebook is not the one that judged.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="rulebook">The rulebook that judged.</param>
    public static ImmutableArray<WindowTrail> Of(Verdict verdict, Rulebook rulebook)
    {
        if (verdict.Judgement is not { } judgement || rulebook.Hash != verdict.Rulebook) return [];
        var values = verdict.Reasons.SelectMany(r => r.Values).DistinctBy(v => v.Key).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        var trails = ImmutableArray.CreateBuilder<WindowTrail>();
        foreach (var read in judgement.Plan.Before.Concat(judgement.Plan.After))
        {
            if (!values.TryGetValue($"{read.Window.Id}({read.Path.Text})", out var value)) continue;
            if (rulebook.PlanOf(read.Window.Kind) is { } plan && plan.Feeds.FirstOrDefault(f => f.Window.Id == read.Window.Id) is { } feed)
                trails.Add(new WindowTrail(rulebook, judgement, read, plan, feed, value));
        }
        return trails.ToImmutable();
    }

    /// <summary>Whether the window counted a signal that stands in the journal before the one judged, or is it.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="isJudged">Whether it is the one judged itself.</param>
    /// <param name="known">What the registers say.</param>
    public bool Counts(Signal signal, bool isJudged, EngineKnowledge known)
    {
        if (signal.Kind != Kind || signal.At <= After || signal.At > Until || (isJudged && before) || signal is Call { Phase: CallPhase.End }) return false;
        if (feed.UsesMoney && signal is Transfer { Amount.Currency: var currency } && currency != rulebook.Currency) return false;
        foreach (var read in plan.Registers) read.Fill(signal, frame, known);
        told.Clear();
        feed.Path.Add(signal, frame, told);
        if (!IsSame()) return false;
        return feed.Where is not { } where || (where(signal, frame, out var error) && error is null);
    }

    private bool IsSame()
    {
        var (one, other) = (asked.Keys[0], told.Keys[0]);
        return one.Form != KeyBatch.KeyForm.None && one.Form == other.Form && one.Tag == other.Tag && one.High == other.High && one.Low == other.Low
            && (one.Form != KeyBatch.KeyForm.Text || asked.TextOf(one).SequenceEqual(told.TextOf(other)));
    }
}
