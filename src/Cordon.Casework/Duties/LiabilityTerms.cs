using System.Collections.Immutable;

namespace Cordon.Casework.Duties;

/// <summary>By what rule a jurisdiction says who answers for a victim's loss.</summary>
public enum LiabilityModel
{
    /// <summary>Breaches are stated for the regulator; no loss is given to anybody. Mainland China.</summary>
    Findings,

    /// <summary>The first in a fixed order whose duty is breached bears all; where nobody's is, the customer. Singapore.</summary>
    Waterfall,

    /// <summary>The customer is paid back within limits, and two institutions share that; no breach is needed. United Kingdom.</summary>
    Split,
}

/// <summary>In which part somebody stands towards a payment.</summary>
public enum LiabilityParty
{
    /// <summary>The institution that the victim paid from.</summary>
    Sending,

    /// <summary>The institution that the payment went to.</summary>
    Receiving,

    /// <summary>A telecom operator through which the victim was reached.</summary>
    Operator,
}

/// <summary>What can be so of a victim's payment and matters to a model.</summary>
public enum Circumstance
{
    /// <summary>The customer ordered the payment.</summary>
    Authorised,

    /// <summary>Somebody else did.</summary>
    Unauthorised,

    /// <summary>Malicious software made the payment.</summary>
    Malware,

    /// <summary>The customer took part in the fraud.</summary>
    FirstPartyFraud,

    /// <summary>The customer was grossly negligent.</summary>
    GrossNegligence,
}

/// <summary>A number of a model and where it comes from.</summary>
/// <param name="Value">The number; its place tells the unit.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record SourcedNumber(long Value, DutySource Source);

/// <summary>A circumstance in which a model does not apply.</summary>
/// <param name="When">Which.</param>
/// <param name="UnlessVulnerable">Whether it does not count against a vulnerable customer.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record LiabilityExclusion(Circumstance When, bool UnlessVulnerable, DutySource Source);

/// <summary>The model of a jurisdiction in one version.</summary>
/// <param name="Term">Payments made in it are judged by it.</param>
/// <param name="Source">Where the model comes from.</param>
/// <param name="AskDays">Days within which an open question is to be answered.</param>
/// <param name="Excludes">When it does not apply, by circumstance.</param>
public abstract record LiabilityTerms(DutyTerm Term, DutySource Source, SourcedNumber AskDays, ImmutableArray<LiabilityExclusion> Excludes)
{
    /// <summary>Which model.</summary>
    public abstract LiabilityModel Model { get; }

    /// <summary>Its numbers by their names in the pack, in a fixed order.</summary>
    internal virtual IEnumerable<(string Name, SourcedNumber Number)> Numbers => [("ask", AskDays)];
}

/// <summary>Findings for the regulator.</summary>
/// <param name="Term">Payments made in it are judged by it.</param>
/// <param name="Source">Who acts on the findings, by what law.</param>
/// <param name="AskDays">Days within which an open question is to be answered.</param>
/// <param name="Civil">The law by which the victim may claim the loss in court.</param>
public sealed record FindingsTerms(DutyTerm Term, DutySource Source, SourcedNumber AskDays, DutySource Civil)
    : LiabilityTerms(Term, Source, AskDays, [])
{
    /// <inheritdoc/>
    public override LiabilityModel Model => LiabilityModel.Findings;
}

/// <summary>A step of a waterfall.</summary>
/// <param name="Bears">Who bears the loss where a duty of the step is breached.</param>
/// <param name="Duties">The duties that decide it, by id.</param>
/// <param name="Source">Where the step comes from.</param>
public sealed record WaterfallStep(LiabilityParty Bears, ImmutableArray<string> Duties, DutySource Source);

/// <summary>A waterfall.</summary>
/// <param name="Term">Payments made in it are judged by it.</param>
/// <param name="Source">Where the model comes from.</param>
/// <param name="AskDays">Days within which an open question is to be answered.</param>
/// <param name="Excludes">When it does not apply.</param>
/// <param name="Steps">In order; whoever is first in breach bears all.</param>
/// <param name="ReportDays">Days after the payment within which the customer reports.</param>
/// <param name="PapersDays">Days after the report within which the customer's papers are there.</param>
public sealed record WaterfallTerms(
    DutyTerm Term, DutySource Source, SourcedNumber AskDays, ImmutableArray<LiabilityExclusion> Excludes,
    ImmutableArray<WaterfallStep> Steps, SourcedNumber ReportDays, SourcedNumber PapersDays)
    : LiabilityTerms(Term, Source, AskDays, Excludes)
{
    /// <inheritdoc/>
    public override LiabilityModel Model => LiabilityModel.Waterfall;

    internal override IEnumerable<(string Name, SourcedNumber Number)> Numbers => [.. base.Numbers, ("report", ReportDays), ("papers", PapersDays)];
}

/// <summary>A reimbursement that two institutions share.</summary>
/// <param name="Term">Payments made in it are judged by it.</param>
/// <param name="Source">Where the model comes from.</param>
/// <param name="AskDays">Days within which an open question is to be answered.</param>
/// <param name="Excludes">When it does not apply.</param>
/// <param name="SendingPercent">The sending institution's part of the reimbursement.</param>
/// <param name="Cap">The most that is paid back for one claim, minor units.</param>
/// <param name="Excess">The most that the sending institution may leave with the customer, minor units; nothing with a vulnerable one.</param>
/// <param name="ClaimMonths">Months after the last payment within which the customer claims.</param>
/// <param name="PayDays">Business days after the claim within which the customer is paid.</param>
/// <param name="LastDays">Business days after the claim beyond which no stopped clock puts it off.</param>
public sealed record SplitTerms(
    DutyTerm Term, DutySource Source, SourcedNumber AskDays, ImmutableArray<LiabilityExclusion> Excludes, SourcedNumber SendingPercent,
    SourcedNumber Cap, SourcedNumber Excess, SourcedNumber ClaimMonths, SourcedNumber PayDays, SourcedNumber LastDays)
    : LiabilityTerms(Term, Source, AskDays, Excludes)
{
    /// <inheritdoc/>
    public override LiabilityModel Model => LiabilityModel.Split;

    internal override IEnumerable<(string Name, SourcedNumber Number)> Numbers =>
        [.. base.Numbers, ("sending", SendingPercent), ("cap", Cap), ("excess", Excess), ("claim", ClaimMonths), ("pay", PayDays), ("payLast", LastDays)];
}
