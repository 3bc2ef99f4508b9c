using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>What a statement comes to.</summary>
public enum LiabilityOutcome
{
    /// <summary>The loss is given to those who bear it.</summary>
    Decided,

    /// <summary>Questions are open on which it depends; no loss is given to anybody.</summary>
    Undecided,

    /// <summary>The model does not apply to this case; other law decides.</summary>
    Outside,

    /// <summary>Findings are stated for the regulator; the model gives no loss to anybody.</summary>
    Stated,
}

/// <summary>As what somebody bears a part of the loss.</summary>
public enum Bearer
{
    /// <summary>As the customer.</summary>
    Customer,

    /// <summary>As the institution that the victim paid from.</summary>
    Sending,

    /// <summary>As the institution that the payment went to.</summary>
    Receiving,

    /// <summary>As a telecom operator.</summary>
    Operator,
}

/// <summary>A part of the loss.</summary>
/// <param name="As">As what it is borne.</param>
/// <param name="Member">Who bears it; null for the customer.</param>
/// <param name="Bears">How much of the loss, before anything is won back.</param>
/// <param name="Recovered">How much of what was won back goes to this bearer.</param>
/// <param name="Net">What is left to bear.</param>
public sealed record LiabilityShare(Bearer As, MemberCode? Member, Amount Bears, Amount Recovered, Amount Net);

/// <summary>A question on which a statement depends.</summary>
/// <param name="Member">Who is asked; null for whoever keeps the facts.</param>
/// <param name="About">What it is about: a duty's id, or a name of the facts.</param>
/// <param name="Link">The link of the chain, where the question is of one.</param>
/// <param name="Question">The question.</param>
/// <param name="AnswerBy">The last day for the answer, where the law holds.</param>
/// <param name="Source">Where that time comes from.</param>
public sealed record OpenQuestion(MemberCode? Member, string About, string? Link, Wording Question, DateOnly AnswerBy, CitedSource Source);

/// <summary>A source as a sentence cites it.</summary>
/// <param name="Citation">Instrument and article.</param>
/// <param name="Tier">How binding it is.</param>
/// <param name="Mark">How it was read; null where it is Cordon's own.</param>
/// <param name="Note">What a reader must know about it.</param>
public sealed record CitedSource(Wording Citation, SourceTier Tier, SourceMark? Mark, Wording? Note)
{
    internal static CitedSource Of(DutySource source) => new(source.Citation, source.Tier, source.Mark, source.Note);
}

/// <summary>A sentence of a statement, with what it rests on: a source, records, or both; never neither.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Sources">The law it rests on.</param>
/// <param name="Records">The records it rests on, sorted.</param>
public sealed record ReasonedSentence(Wording Text, ImmutableArray<CitedSource> Sources, ImmutableArray<string> Records);

/// <summary>
/// Who answers for a loss and why. The same facts and pack give the same bytes, in whatever order the facts are told.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Pack">The pack's id.</param>
/// <param name="PackHash">The hash of the pack that judged.</param>
/// <param name="Model">By which model; null where none was in force.</param>
/// <param name="At">The instant of judging.</param>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Shares">Who bears it; empty unless decided.</param>
/// <param name="Unallocated">What is given to nobody. With the shares it is the loss.</param>
/// <param name="PayBy">The last day to pay the customer; null where the model sets none.</param>
/// <param name="Open">What must be asked.</param>
/// <param name="Sentences">The reasons, in order.</param>
public sealed record LiabilityStatement(
    string Case, string Pack, string PackHash, LiabilityModel? Model, Instant At, LiabilityOutcome Outcome, Amount Loss,
    ImmutableArray<LiabilityShare> Shares, Amount Unallocated, DateOnly? PayBy, ImmutableArray<OpenQuestion> Open,
    ImmutableArray<ReasonedSentence> Sentences)
{
    /// <summary>The statement as UTF-8 JSON; equal statements give equal bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CaseworkJson.Options);
}
