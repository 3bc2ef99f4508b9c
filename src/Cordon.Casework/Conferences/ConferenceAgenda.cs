using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Conferences;

/// <summary>Drafts an agenda from what the records hold at an instant.</summary>
internal static class ConferenceAgenda
{
    /// <summary>
    /// The items in their order: what earlier conferences left open, objectives and difficulties that climbed, contests, listings and vetoes to be decided;
    /// at most <see cref="ConferenceRules.MostItems"/>. A matter of somebody who is not asked is on it too: the others decide. Drafts of the ladder are for
    /// authorities alone: where others are asked they are left out.
    /// </summary>
    public static async Task<List<AgendaItem>> DraftAsync(CaseworkContext db, ObjectiveAgenda climbed, bool authorities, Instant now, CancellationToken cancel)
    {
        var items = new List<AgendaItem>();
        var members = await db.Set<Member>().ToDictionaryAsync(m => m.Code.ToString(), m => new Wording(m.NameZh, m.NameEn), cancel);
        var office = (await db.Set<Member>().Where(m => m.Sector == Sector.JointOffice).OrderBy(m => m.Code).FirstOrDefaultAsync(cancel))?.Code;
        var regions = await db.Set<Region>().ToDictionaryAsync(r => r.Code, r => new Wording(r.NameZh, r.NameEn), cancel);
        var earlier = await db.Set<Conference>().Where(c => c.State != ConferenceState.Convened).OrderBy(c => c.Number).ToListAsync(cancel);
        foreach (var conference in earlier)
            foreach (var task in conference.Tasks.Where(t => t.AcceptedAt is null))
            {
                var late = task.IsLate(now);
                Put(
                    ItemOrigin.FollowUp, $"conference:{conference.Id}", task.Owner,
                    $"{conference.Number}号会议任务{task.Number}（{Named(task.Owner.ToString()).Zh}）：{task.What}{(task.DoneAt is not null ? "，已报完成，待确认" : late ? "，已逾期" : "，未到期")}",
                    $"Task {task.Number} of {conference.Number} ({Named(task.Owner.ToString()).En}): {task.What}{(task.DoneAt is not null ? "; said to be done, to be looked at" : late ? "; overdue" : "; not due yet")}");
            }
        foreach (var one in climbed.Objectives)
            Put(ItemOrigin.Objective, $"plan:{one.Plan}", OwnerOf(one.Objective.Owner), $"{one.PlanNumber}目标逾期：{one.Objective.Title.Zh}（{Owner(one.Objective.Owner).Zh}）", $"Objective of {one.PlanNumber} delayed: {one.Objective.Title.En} ({Owner(one.Objective.Owner).En})");
        foreach (var one in climbed.Difficulties)
            Put(
                ItemOrigin.Difficulty, $"plan:{one.Plan}", OwnerOf(one.Objective.Owner),
                $"{one.PlanNumber}困难无人答复：{one.Difficulty.Text}（{Owner(one.Objective.Owner).Zh}，{one.Objective.Title.Zh}）", $"Difficulty of {one.PlanNumber} that nobody answered: {one.Difficulty.Text} ({Owner(one.Objective.Owner).En}, {one.Objective.Title.En})");
        // Contests live inside their rectification; of those that are withdrawn none is left to be decided.
        var contested = await db.Set<Rectification>().Where(r => r.State != RectificationState.Withdrawn && r.Contests != null).OrderBy(r => r.Number).ToListAsync(cancel);
        foreach (var one in contested.Where(r => r.Contests.Any(c => c.Upheld is null)))
            Put(ItemOrigin.Contest, $"rectification:{one.Id}", one.Member, $"{one.Number}有异议：{one.WhatZh}（{Named(one.Member.ToString()).Zh}）", $"{one.Number} is contested: {one.WhatEn} ({Named(one.Member.ToString()).En})");
        if (!authorities) return items;
        foreach (var step in await db.Set<LadderStep>().Where(s => (s.State == StepState.Waiting || s.State == StepState.Endorsed) && (s.Rung == Rung.Listing || s.Rung == Rung.Veto)).OrderBy(s => s.Number).ToListAsync(cancel))
            Put(ItemOrigin.Step, $"ladder:{step.Id}", step.Member, $"{step.Number}待决定：{step.ReasonZh}（{Named(step.Subject.Code).Zh}）", $"{step.Number} waits for its decision: {step.ReasonEn} ({Named(step.Subject.Code).En})");
        return items;

        Wording Named(string code) => members.GetValueOrDefault(code) ?? regions.GetValueOrDefault(code) ?? new Wording(code, code);

        // What the centre owes is the joint office's own matter.
        MemberCode? OwnerOf(ObjectiveOwner owner) => owner.Kind == OwnerKind.Centre ? office : owner.Member;

        Wording Owner(ObjectiveOwner owner) => owner.Kind == OwnerKind.Centre ? new Wording("中心", "the centre") : Named(owner.Code);

        void Put(ItemOrigin origin, string source, MemberCode? concerns, string zh, string en)
        {
            if (items.Count < ConferenceRules.MostItems) items.Add(new AgendaItem(items.Count + 1, origin, source, zh, en, concerns, null, [], []));
        }
    }
}
