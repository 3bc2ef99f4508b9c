using System.Collections.Immutable;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Questions;

/// <summary>Where a question stands.</summary>
public enum QuestionState
{
    /// <summary>The member has not answered; it may be overdue.</summary>
    Asked,

    /// <summary>The member answered.</summary>
    Answered,

    /// <summary>What was asked was told by other records meanwhile.</summary>
    Told,

    /// <summary>The case does not hang on it any more.</summary>
    Withdrawn,
}

/// <summary>One thing that a member is asked in a case because a judgement hangs on it and no record tells it.</summary>
public sealed class Question : Folded<QuestionEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>Q-2026-000017</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The case.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>Who is asked.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>The reseller or branch that it is about.</summary>
    public string? Agent { get; private set; }

    /// <summary>What it is about: a fact of <see cref="QuestionCatalogue"/>, a duty's id, or a name such as <c>facts:reported</c>.</summary>
    public string About { get; private set; } = "";

    /// <summary>The link of the case's chain; empty where it is about none.</summary>
    public string Link { get; private set; } = "";

    /// <summary>The duties whose judgement hangs on it.</summary>
    public ImmutableArray<string> Duties { get; private set; } = [];

    /// <summary>The question in Chinese.</summary>
    public string TextZh { get; private set; } = "";

    /// <summary>The question in English.</summary>
    public string TextEn { get; private set; } = "";

    /// <summary>When it was asked.</summary>
    public Instant AskedAt { get; private set; }

    /// <summary>Until when an answer is owed.</summary>
    public Instant AnswerBy { get; private set; }

    /// <summary>Where it stands.</summary>
    public QuestionState State { get; private set; }

    /// <summary>When the time ran out without an answer.</summary>
    public Instant? OverdueAt { get; private set; }

    /// <summary>When the member answered.</summary>
    public Instant? AnsweredAt { get; private set; }

    /// <summary>Who answered.</summary>
    public string? AnsweredBy { get; private set; }

    /// <summary>The answer, one of the values of its fact.</summary>
    public string? Value { get; private set; }

    /// <summary>What the member adds in words.</summary>
    public string? Words { get; private set; }

    /// <summary>The member's records that show the answer.</summary>
    public ImmutableArray<string> Records { get; private set; } = [];

    /// <summary>When it ended otherwise.</summary>
    public Instant? EndedAt { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"question/{Id}";

    /// <inheritdoc/>
    protected override void Fold(QuestionEvent happened)
    {
        switch (happened)
        {
            case QuestionAsked e:
                (Id, Number, CaseId, Member, Agent, About, Link, Duties) = (e.Question, e.Number, e.Case, e.Member, e.Agent, e.About, e.Link, e.Duties);
                (TextZh, TextEn, AskedAt, AnswerBy, State) = (e.TextZh, e.TextEn, e.At, e.AnswerBy, QuestionState.Asked);
                break;
            case QuestionAnswered e:
                (State, AnsweredAt, AnsweredBy, Value, Words, Records) = (QuestionState.Answered, e.At, e.By, e.Value, e.Words, e.Records);
                break;
            case QuestionOverdue e:
                OverdueAt = e.At;
                break;
            case QuestionTold e:
                (State, EndedAt) = (QuestionState.Told, e.At);
                break;
            case QuestionWithdrawn e:
                (State, EndedAt) = (QuestionState.Withdrawn, e.At);
                break;
        }
    }
}

/// <summary>What happens to a question.</summary>
/// <param name="At">When.</param>
public abstract record QuestionEvent(Instant At) : CaseworkEvent(At);

/// <summary>A member was asked.</summary>
/// <param name="At">When.</param>
/// <param name="Question">The id.</param>
/// <param name="Number">The number.</param>
/// <param name="Case">The case.</param>
/// <param name="Member">Who is asked.</param>
/// <param name="Agent">The reseller or branch.</param>
/// <param name="About">What about.</param>
/// <param name="Link">The link of the chain.</param>
/// <param name="Duties">The duties that hang on it.</param>
/// <param name="TextZh">The question in Chinese.</param>
/// <param name="TextEn">The question in English.</param>
/// <param name="AnswerBy">Until when an answer is owed.</param>
[EventName("question.asked")]
public sealed record QuestionAsked(
    Instant At, Guid Question, string Number, Guid Case, MemberCode Member, string? Agent, string About, string Link, ImmutableArray<string> Duties,
    string TextZh, string TextEn, Instant AnswerBy) : QuestionEvent(At);

/// <summary>The member answered.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Value">The answer.</param>
/// <param name="Words">What it adds.</param>
/// <param name="Records">The records that show it.</param>
[EventName("question.answered")]
public sealed record QuestionAnswered(Instant At, string By, string Value, [property: Personal] string? Words, ImmutableArray<string> Records) : QuestionEvent(At);

/// <summary>The time ran out without an answer.</summary>
/// <param name="At">When that was noted.</param>
[EventName("question.overdue")]
public sealed record QuestionOverdue(Instant At) : QuestionEvent(At);

/// <summary>Other records tell what was asked.</summary>
/// <param name="At">When.</param>
[EventName("question.told")]
public sealed record QuestionTold(Instant At) : QuestionEvent(At);

/// <summary>The case does not hang on it any more.</summary>
/// <param name="At">When.</param>
[EventName("question.withdrawn")]
public sealed record QuestionWithdrawn(Instant At) : QuestionEvent(At);

internal sealed class QuestionTable : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> builder)
    {
        builder.ToTable("Questions");
        builder.HasKey(q => q.Id);
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.Version).IsConcurrencyToken();
        builder.Ignore(q => q.Stream);
        builder.HasIndex(q => q.Number).IsUnique();
        builder.HasIndex(q => new { q.CaseId, q.Member, q.About, q.Link }).IsUnique();
        builder.HasIndex(q => new { q.Member, q.State, q.Number });
        // What the clock looks at: open, and not yet noted as overdue.
        builder.HasIndex(q => new { q.State, q.OverdueAt, q.AnswerBy });
        RectificationTable.Json(builder.Property(q => q.Duties));
        RectificationTable.Json(builder.Property(q => q.Records));
    }
}
