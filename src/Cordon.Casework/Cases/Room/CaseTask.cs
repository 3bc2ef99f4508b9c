using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Cases.Room;

/// <summary>Where a task stands.</summary>
public enum CaseTaskState
{
    /// <summary>To be done.</summary>
    Open,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Not to be done any more.</summary>
    Dropped,
}

/// <summary>Something to be done in a case, by somebody, by a time.</summary>
public sealed class CaseTask : Folded<CaseTaskEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>What is to be done; it may name a person.</summary>
    public string What { get; private set; } = "";

    /// <summary>Who does it, as <c>person:…</c>; null for whoever works on the case.</summary>
    public string? Owner { get; private set; }

    /// <summary>By when.</summary>
    public Instant Due { get; private set; }

    /// <summary>Where it stands.</summary>
    public CaseTaskState State { get; private set; }

    /// <summary>Who set it.</summary>
    public string SetBy { get; private set; } = "";

    /// <summary>When.</summary>
    public Instant SetAt { get; private set; }

    /// <summary>Who did or dropped it.</summary>
    public string? EndedBy { get; private set; }

    /// <summary>When.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>What came of it, or why it was dropped.</summary>
    public string? Outcome { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"case-task/{Id}";

    /// <inheritdoc/>
    protected override void Fold(CaseTaskEvent happened)
    {
        switch (happened)
        {
            case CaseTaskSet e:
                (Id, CaseId, What, Owner, Due, SetBy, SetAt, State) = (e.Task, e.Case, e.What, e.Owner, e.Due, e.By, e.At, CaseTaskState.Open);
                break;
            case CaseTaskEnded e:
                (State, EndedBy, EndedAt, Outcome) = (e.State, e.By, e.At, e.Outcome);
                break;
        }
    }
}

/// <summary>What happens to a task.</summary>
/// <param name="At">When.</param>
public abstract record CaseTaskEvent(Instant At) : CaseworkEvent(At);

/// <summary>A task was set.</summary>
/// <param name="At">When.</param>
/// <param name="Task">Its id.</param>
/// <param name="Case">The case.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Due">By when.</param>
/// <param name="By">Who set it.</param>
[EventName("case-task.set")]
public sealed record CaseTaskSet(Instant At, Guid Task, Guid Case, [property: Personal] string What, string? Owner, Instant Due, string By) : CaseTaskEvent(At);

/// <summary>A task was done or dropped.</summary>
/// <param name="At">When.</param>
/// <param name="State">Which.</param>
/// <param name="Outcome">What came of it, or why.</param>
/// <param name="By">Who.</param>
[EventName("case-task.ended")]
public sealed record CaseTaskEnded(Instant At, CaseTaskState State, [property: Personal] string? Outcome, string By) : CaseTaskEvent(At);

/// <summary>What somebody wrote down about a case.</summary>
public sealed class CaseNote : Folded<CaseNoteEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>The text; personal, erasable.</summary>
    public string? Text { get; private set; }

    /// <summary>Who wrote it.</summary>
    public string By { get; private set; } = "";

    /// <summary>When.</summary>
    public Instant At { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"case-note/{Id}";

    /// <inheritdoc/>
    protected override void Fold(CaseNoteEvent happened)
    {
        if (happened is CaseNoteWritten e) (Id, CaseId, Text, By, At) = (e.Note, e.Case, e.Text, e.By, e.At);
    }
}

/// <summary>What happens to a note.</summary>
/// <param name="At">When.</param>
public abstract record CaseNoteEvent(Instant At) : CaseworkEvent(At);

/// <summary>A note was written; notes are not changed.</summary>
/// <param name="At">When.</param>
/// <param name="Note">Its id.</param>
/// <param name="Case">The case.</param>
/// <param name="Text">The text.</param>
/// <param name="By">Who wrote it.</param>
[EventName("case-note.written")]
public sealed record CaseNoteWritten(Instant At, Guid Note, Guid Case, [property: Personal] string? Text, string By) : CaseNoteEvent(At);

internal sealed class RoomTables : IEntityTypeConfiguration<CaseTask>, IEntityTypeConfiguration<CaseNote>, IEntityTypeConfiguration<CaseEvidence>
{
    public void Configure(EntityTypeBuilder<CaseTask> builder)
    {
        builder.ToTable("CaseTasks");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.Ignore(t => t.Stream);
        builder.HasIndex(t => new { t.CaseId, t.State });
        builder.HasIndex(t => new { t.State, t.Due });
    }

    public void Configure(EntityTypeBuilder<CaseNote> builder)
    {
        builder.ToTable("CaseNotes");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.Ignore(n => n.Stream);
        builder.HasIndex(n => n.CaseId);
    }

    public void Configure(EntityTypeBuilder<CaseEvidence> builder)
    {
        builder.ToTable("CaseEvidence");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Ignore(e => e.Stream);
        builder.HasIndex(e => e.CaseId);
        builder.HasIndex(e => e.Hash);
    }
}
