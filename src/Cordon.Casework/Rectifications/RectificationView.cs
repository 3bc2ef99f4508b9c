using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications;

/// <summary>A rectification as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Member">Who mends.</param>
/// <param name="Unit">The reseller or branch.</param>
/// <param name="Root">What the cause is rooted in: <c>link:line</c> of a unit, or <c>duty:…</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="WhatZh">What is to be mended, in Chinese.</param>
/// <param name="WhatEn">What is to be mended, in English.</param>
/// <param name="Pack">The hash of the pack of duties that judged.</param>
/// <param name="Basis">The duties that were not kept.</param>
/// <param name="Controls">Those of them that a control measures.</param>
/// <param name="Findings">The findings that show it.</param>
/// <param name="Evidence">The records that show it.</param>
/// <param name="Readings">Of each duty the first burnt reading.</param>
/// <param name="OpenedAt">When it was ordered.</param>
/// <param name="Due">By when it is to be claimed.</param>
/// <param name="OverdueAt">Since when it is overdue; absent where it is not.</param>
/// <param name="OverdueCount">How often it has been.</param>
/// <param name="Plan">The plan that runs.</param>
/// <param name="Claims">The claims.</param>
/// <param name="RecheckUntil">The end of the recheck.</param>
/// <param name="Checks">The rechecks and inspections.</param>
/// <param name="MendedAt">When it was mended.</param>
/// <param name="WatchUntil">Until when a relapse reopens it.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
/// <param name="RefutedCount">How often a claim was refuted.</param>
/// <param name="RelapsedCount">How often it came back.</param>
/// <param name="Contests">The contests.</param>
internal sealed record RectificationView(
    Guid Id, string Number, MemberCode Member, string? Unit, string Root, RectificationState State, string WhatZh, string WhatEn, string Pack, ImmutableArray<string> Basis,
    ImmutableArray<string> Controls, ImmutableArray<Guid> Findings, ImmutableArray<string> Evidence, ImmutableArray<ControlReading> Readings, Instant OpenedAt, Instant Due,
    Instant? OverdueAt, int OverdueCount, RectificationPlan? Plan, ImmutableArray<RectificationClaim> Claims, Instant? RecheckUntil, ImmutableArray<RectificationCheck> Checks,
    Instant? MendedAt, Instant? WatchUntil, Instant? WithdrawnAt, int RefutedCount, int RelapsedCount, ImmutableArray<RectificationContest> Contests)
{
    public static RectificationView Of(Rectification r) => new(
        r.Id, r.Number, r.Member, r.Unit, r.Root, r.State, r.WhatZh, r.WhatEn, r.Pack, r.Basis, r.Controls, r.Findings, r.Evidence, r.Readings, r.OpenedAt, r.Due,
        r.OverdueAt, r.OverdueCount, r.Plan, r.Claims, r.RecheckUntil, r.Checks, r.MendedAt, r.WatchUntil, r.WithdrawnAt, r.RefutedCount, r.RelapsedCount, r.Contests);
}

/// <summary>A rectification with the documents that it led to.</summary>
/// <param name="Rectification">The rectification.</param>
/// <param name="Steps">The steps of the ladder that it is behind, the newest first.</param>
internal sealed record RectificationPage(RectificationView Rectification, IReadOnlyList<StepView> Steps);
