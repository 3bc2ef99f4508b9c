using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Demo;
using Cordon.Engine.Signals;
using Cordon.Simulator.Year;

namespace Cordon.Commands.Assess;

/// <summary>The packs by which a year is judged.</summary>
/// <param name="Plan">The duties and how they are measured.</param>
/// <param name="Ladder">The ladder.</param>
internal sealed record AssessPacks(ControlPlan Plan, LadderPack Ladder);

/// <summary>
/// Lives a simulated year day by day with the very rules of the server, in memory: signals and orders are measured, burnt
/// controls open rectifications, members mend or say so, controls are read again, the ladder is climbed. The truth of
/// what was planted is looked at only when the year is over.
/// </summary>
internal sealed class AssessYear
{
    private static readonly Actor Self = Actor.System("assess");
    private static readonly Actor Inspector = Person("inspector", Roles.DutyOfficer);
    private static readonly Actor First = Person("supervisor-1", Roles.Supervisor);
    private static readonly Actor Second = Person("supervisor-2", Roles.Supervisor);

    private readonly YearWorld world;
    private readonly ControlBoard board;
    private readonly AssessPacks packs;
    private readonly CountedIds ids;
    private readonly List<Rectification> rectifications = [];
    private readonly List<LadderStep> steps = [];
    private readonly IncrementalHash log = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly AssessScore score;
    private int day;

    public AssessYear(ulong seed, AssessPacks packs)
    {
        (this.packs, ids, world) = (packs, new CountedIds(seed), new YearWorld(seed));
        var sectors = world.Members.ToDictionary(m => m.Code, m => DemoPeople.SectorOf(m.Sector));
        board = new ControlBoard(packs.Plan, code => sectors.TryGetValue(code, out var sector) ? sector : null);
        score = new AssessScore(seed, world);
    }

    private Instant Now => YearWorld.StartOf(day + 1);

    /// <summary>Lives the whole year.</summary>
    /// <param name="tell">Told the share that is done.</param>
    /// <param name="cancel">Ends it early.</param>
    public AssessReport Run(Action<double> tell, CancellationToken cancel)
    {
        for (day = 0; day < YearWorld.Days; day++)
        {
            cancel.ThrowIfCancellationRequested();
            Measure(world.Live());
            // A date that passed today passed before anybody claims today.
            foreach (var late in rectifications.Where(r => r.NextClock <= Now).ToList()) Decide(late, new TickRectification(), Self);
            foreach (var (duty, member, unit) in world.ClaimsOn(day).ToList()) Claim(duty, member, unit);
            foreach (var rectification in rectifications.ToList()) Look(rectification);
            foreach (var reading in board.Burnt(Now).ToList()) Found(reading);
            DecideSteps();
            tell((day + 1.0) / YearWorld.Days);
        }
        return score.Report(rectifications, steps, Now, Convert.ToHexStringLower(log.GetHashAndReset()));
    }

    private void Measure(YearDay lived)
    {
        foreach (var signal in lived.Signals) board.Take(signal);
        foreach (var order in lived.Orders) board.Take(FactOf(order), Now);
        board.Advance(Now);
        score.Signals += lived.Signals.Length;
        score.Orders += lived.Orders.Length;
    }

    private void Found(ControlReading reading)
    {
        var duty = packs.Plan.Pack.Find(reading.Subject.Duty, reading.To)!;
        var found = Shortcoming.Of(reading, duty);
        var last = rectifications.LastOrDefault(r => r.Cause == found.Cause);
        if (last is not null && RectificationRules.Takes(last, found))
        {
            Decide(last, new JoinShortcoming(found), Self);
            return;
        }
        var opened = new Rectification();
        rectifications.Add(opened);
        Decide(opened, new OpenRectification(ids.NewId(Now), Number("M", rectifications.Count), found, packs.Plan.Pack.Hash, packs.Ladder.Terms, packs.Ladder.DueOf(Now)), Self);
    }

    private void Claim(string duty, MemberCode member, string? unit)
    {
        var officer = new Actor($"person:{member}", member, new HashSet<string> { Roles.MemberClerk });
        foreach (var rectification in rectifications.Where(r => r.AwaitsClaim && r.Member == member && r.Controls.Contains(duty) && (unit is null || r.Unit is null || r.Unit == unit)).ToList())
        {
            var until = Now + TimeSpan.FromHours(1) is var soon && soon < rectification.Deadline ? soon : rectification.Deadline;
            Decide(rectification, new PlanRectification("The people concerned are trained and the check is made by machine.", "principal", until), officer);
            Decide(rectification, new ClaimRectified("The check is made by machine from today on.", []), officer);
        }
    }

    // The control read again after a claim, and what no control can tell looked at.
    private void Look(Rectification rectification)
    {
        if (rectification.State == RectificationState.AwaitsInspection)
            Decide(rectification, new InspectRectification(!score.IsOpen(rectification, day), "Seen at the place."), Inspector);
        if (rectification is { State: RectificationState.ClaimedDone, ClaimedAt: { } claimed, RecheckUntil: { } until } && !rectification.Controls.IsEmpty)
        {
            var over = Now >= until;
            var readings = rectification.Controls.Select(c => board.Recheck(rectification.Readings.Single(r => r.Subject.Duty == c), claimed, Now, over)).ToImmutableArray();
            if (over || readings.Any(r => r.Verdict == ControlVerdict.Burnt)) Decide(rectification, new Recheck(readings), Self);
        }
    }

    private void Decide(Rectification rectification, RectificationCommand command, Actor actor)
    {
        var decision = RectificationRules.Decide(rectification, command, actor, Now);
        if (decision.Refusal is { } refused) throw new InvalidOperationException($"{rectification.Number}: {command.GetType().Name}: {refused.Code}");
        foreach (var happened in decision.Events)
        {
            rectification.Apply(happened);
            Log(rectification.Stream, happened);
            score.Note(rectification, happened, day);
            if (happened is RectificationOpened or RectificationRefuted or RectificationRelapsed or RectificationOverdue) Demand(rectification);
            if (LadderRules.TriggerOf(happened) is var (trigger, occurred))
                Climb(new LadderCall(LadderSubject.Of(rectification.Member), rectification.Member, rectification.Unit, trigger, occurred, [rectification.Id], rectification.Number));
        }
    }

    private void Demand(Rectification rectification)
    {
        foreach (var duty in rectification.Controls) world.Demand(duty, rectification.Member, rectification.Unit, day);
    }

    private void Climb(LadderCall call)
    {
        var mine = steps.Where(s => s.Subject == call.Subject).ToList();
        var move = LadderRules.Next(packs.Ladder, mine, call.Trigger, Now);
        if (move is { Kind: LadderMoveKind.Prolong, Step: { } standing })
        {
            Apply(standing, StepRules.Decide(standing, new ProlongStep(call.Trigger, call.Record), Self, Now));
            return;
        }
        if (move.Kind != LadderMoveKind.Climb) return;
        var step = new LadderStep();
        var drafted = LadderRules.Draft(packs.Ladder, move, call, new StepDraft(ids.NewId(Now), Number("L", steps.Count + 1), []), Self, Now);
        if (drafted.Refusal is not null) return;
        steps.Add(step);
        Apply(step, drafted);
    }

    // The joint office decides what was drafted on the day after; a veto by two.
    private void DecideSteps()
    {
        foreach (var step in steps.ToList())
        {
            if (step.Waits && step.ProposedAt < Now)
            {
                Apply(step, StepRules.Decide(step, new DecideStep(true, "The records show it.", []), First, Now));
                if (step.Waits) Apply(step, StepRules.Decide(step, new DecideStep(true, "The records show it.", []), Second, Now));
                foreach (var behind in rectifications.Where(r => r.AwaitsClaim && step.Behind.Contains(r.Id))) Demand(behind);
            }
            if (step.NextClock is { } clock && clock <= Now) LookAtListing(step);
        }
    }

    private void LookAtListing(LadderStep step)
    {
        var behind = rectifications.Where(r => step.Behind.Contains(r.Id)).Select(BehindListing.Of).ToImmutableArray();
        var decision = StepRules.Decide(step, new CheckListing(behind), Self, Now);
        Apply(step, decision);
        foreach (var missed in decision.Events.OfType<ListedTargetWasMissed>())
            Climb(new LadderCall(step.Subject, step.Member, step.Unit, LadderTrigger.ListedTargetMissed, missed.Limit, step.Behind, step.Number));
    }

    private void Apply(LadderStep step, Decision<StepEvent> decision)
    {
        if (decision.Refusal is { } refused) throw new InvalidOperationException($"{step.Number}: {refused.Code}");
        foreach (var happened in decision.Events)
        {
            step.Apply(happened);
            Log(step.Stream, happened);
        }
    }

    private void Log<T>(string stream, T happened)
    {
        log.AppendData(Encoding.UTF8.GetBytes(stream));
        log.AppendData(JsonSerializer.SerializeToUtf8Bytes(happened, happened!.GetType(), CaseworkJson.Options));
    }

    private static string Number(string prefix, int count) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{YearWorld.Start.ToDateTimeOffset().AddDays(1).Year}-{count:D6}");

    private static OrderFact FactOf(YearOrder order)
    {
        var kind = order.Kind switch { YearOrderKind.Stop => OrderKind.StopPayment, YearOrderKind.Enquiry => OrderKind.Enquiry, _ => OrderKind.Return };
        var stop = kind == OrderKind.StopPayment;
        return new OrderFact(order.Id, kind, order.Member, order.IssuedAt)
        {
            AnswerDue = stop ? null : order.DueAt, AcknowledgedAt = stop ? order.AnsweredAt : null, AnsweredAt = stop ? null : order.AnsweredAt, EndedAt = order.EndedAt,
        };
    }

    private static Actor Person(string name, string role) => new("person:" + name, null, new HashSet<string> { role });
}
