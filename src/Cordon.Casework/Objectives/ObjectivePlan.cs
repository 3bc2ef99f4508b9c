using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Objectives;

/// <summary>Where a plan stands; drawn in this module's README.</summary>
public enum PlanState
{
    /// <summary>Nobody is bound by it.</summary>
    Draft,

    /// <summary>In force.</summary>
    Adopted,

    /// <summary>Ended before or after its time.</summary>
    Ended,
}

/// <summary>How far up the delay of an objective has climbed.</summary>
public enum DelayStep
{
    /// <summary>The owner is reminded: the day draws near.</summary>
    Reminder,

    /// <summary>The day passed; the owner is urged.</summary>
    Urge,

    /// <summary>The level above is told.</summary>
    Escalation,

    /// <summary>It is on the agenda of the conference.</summary>
    Agenda,
}

/// <summary>The delay of an objective.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Step">How far up.</param>
/// <param name="At">Since when that far.</param>
public sealed record ObjectiveDelay(string Objective, DelayStep Step, Instant At);

/// <summary>A difficulty that a unit raised.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Objective">The objective that it stands in the way of.</param>
/// <param name="Text">What it is.</param>
/// <param name="At">When it was raised.</param>
/// <param name="By">Who raised it.</param>
/// <param name="Level">The objective whose owner is to answer; null once it is on the agenda.</param>
/// <param name="AnswerBy">By when; null once it is on the agenda or answered.</param>
/// <param name="Climbed">How often silence carried it up.</param>
/// <param name="Answer">The answer; null while there is none.</param>
/// <param name="AnsweredAt">When it was answered.</param>
/// <param name="AnsweredBy">Who answered.</param>
public sealed record Difficulty(
    int Number, string Objective, string Text, Instant At, string By, string? Level, Instant? AnswerBy, int Climbed, string? Answer, Instant? AnsweredAt, string? AnsweredBy)
{
    /// <summary>Whether it waits for an answer.</summary>
    public bool IsOpen => Answer is null;
}

/// <summary>A plan of objectives, from the centre down.</summary>
public sealed class ObjectivePlan : Folded<PlanEvent>
{
    private ImmutableArray<Objective> found;
    private Dictionary<string, Objective>? index;

    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>T-2026-000001</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Its name.</summary>
    public Wording Title { get; private set; } = new("", "");

    /// <summary>Where it stands.</summary>
    public PlanState State { get; private set; }

    /// <summary>The first instant of its time.</summary>
    public Instant From { get; private set; }

    /// <summary>The first instant after it.</summary>
    public Instant To { get; private set; }

    /// <summary>Its text, as it was handed in.</summary>
    public string Text { get; private set; } = "";

    /// <summary>SHA-256 of the text, 64 hexadecimal digits.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Its terms.</summary>
    public ObjectiveTerms Terms { get; private set; } = new(1, 1, 1, 1, 1);

    /// <summary>The objectives; of an adopted plan with every part that made itself.</summary>
    public ImmutableArray<Objective> Tree { get; private set; } = [];

    /// <summary>How many objectives it has. Lists show it without reading the tree.</summary>
    public int Objectives { get; private set; }

    /// <summary>Who drafted it.</summary>
    public string DraftedBy { get; private set; } = "";

    /// <summary>When it was adopted.</summary>
    public Instant? AdoptedAt { get; private set; }

    /// <summary>Who adopted it.</summary>
    public string? AdoptedBy { get; private set; }

    /// <summary>Why it was ended.</summary>
    public string? Reason { get; private set; }

    /// <summary>The delays there are now, by objective.</summary>
    public ImmutableArray<ObjectiveDelay> Delays { get; private set; } = [];

    /// <summary>The difficulties, all there ever were.</summary>
    public ImmutableArray<Difficulty> Difficulties { get; private set; } = [];

    /// <inheritdoc/>
    public override string Stream => $"objectives/{Id}";

    /// <summary>Whether anything of it can still climb: its time runs or has just run out, or somebody waits.</summary>
    internal bool Climbs(Instant now) =>
        now < To + TimeSpan.FromDays(Terms.AgendaDays) || Difficulties.Any(d => d is { IsOpen: true, Level: not null }) || Delays.Any(d => d.Step < DelayStep.Agenda);

    /// <summary>One objective; null where the plan has none such.</summary>
    public Objective? Find(string? id)
    {
        if (id is null) return null;
        if (index is null || found != Tree) (index, found) = (Tree.ToDictionary(o => o.Id, StringComparer.Ordinal), Tree);
        return index.GetValueOrDefault(id);
    }

    /// <summary>
    /// The level above an objective: the nearest one over it for which somebody else answers. A member answers for its resellers and branches, and
    /// who owns both an objective and its part is not the level above itself. Null where nobody is.
    /// </summary>
    public Objective? Above(Objective one)
    {
        for (var at = Find(one.Parent); at is not null; at = Find(at.Parent))
            if (at.Owner.Party != one.Owner.Party)
                return at;
        return null;
    }

    /// <inheritdoc/>
    protected override void Fold(PlanEvent happened)
    {
        switch (happened)
        {
            case PlanDrafted e:
                (Id, Number, Title, State, From, To, Text, Hash, Terms, Tree, DraftedBy) = (e.Plan, e.Number, e.Title, PlanState.Draft, e.From, e.To, e.Text, e.Hash, e.Terms, e.Tree, e.By);
                Objectives = e.Tree.Length;
                break;
            case PlanAdopted e:
                (State, Tree, Objectives, AdoptedAt, AdoptedBy) = (PlanState.Adopted, e.Tree, e.Tree.Length, e.At, e.By);
                break;
            case PlanEnded e:
                (State, Reason, Delays) = (PlanState.Ended, e.Reason, []);
                break;
            case DelayClimbed e:
                Delays = With(Delays, new ObjectiveDelay(e.Objective, e.Step, e.At));
                break;
            case DelayEnded e:
                Delays = [.. Delays.Where(d => d.Objective != e.Objective)];
                break;
            case DifficultyRaised e:
                Difficulties = Difficulties.Add(new Difficulty(e.Difficulty, e.Objective, e.Text, e.At, e.By, e.Level, e.AnswerBy, 0, null, null, null));
                break;
            case DifficultyClimbed e:
                Difficulties = [.. Difficulties.Select(d => d.Number == e.Difficulty ? d with { Level = e.Level, AnswerBy = e.AnswerBy, Climbed = d.Climbed + 1 } : d)];
                break;
            case DifficultyAnswered e:
                Difficulties = [.. Difficulties.Select(d => d.Number == e.Difficulty ? d with { Answer = e.Text, AnsweredAt = e.At, AnsweredBy = e.By, AnswerBy = null } : d)];
                break;
        }
    }

    // They stand by objective; of thousands that climb in one hour none is sorted again.
    private static ImmutableArray<ObjectiveDelay> With(ImmutableArray<ObjectiveDelay> delays, ObjectiveDelay one)
    {
        var (low, high) = (0, delays.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(delays[middle].Objective, one.Objective) < 0) low = middle + 1;
            else high = middle;
        }
        return low < delays.Length && delays[low].Objective == one.Objective ? delays.SetItem(low, one) : delays.Insert(low, one);
    }
}
