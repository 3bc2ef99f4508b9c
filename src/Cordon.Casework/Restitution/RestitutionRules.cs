using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restitution;

/// <summary>The guards of a ledger: pure, in ladders, first failing rung answers.</summary>
internal static class RestitutionRules
{
    private const int BasisLength = 200;
    private const int ReasonLength = 500;
    private const int NameLength = 200;
    private const int TextLength = 4_000;

    public static Decision<RestitutionEvent> Decide(RestitutionLedger ledger, RestitutionCommand command, Actor actor, Instant now) => command switch
    {
        AnnounceDivision c => Announce(ledger, c, actor, now),
        TakeObjection c => Object(ledger, c, actor, now),
        SettleObjection c => Settle(ledger, c, actor, now),
        DecideDivision c => Decide(ledger, c, actor, now),
        ReopenLedger c => Reopen(ledger, c, actor, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    private static Decision<RestitutionEvent> Announce(RestitutionLedger ledger, AnnounceDivision command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.PoliceOfficer)) return RestitutionRefusal.NotPolice;
        if (ledger.State != LedgerState.Open) return RestitutionRefusal.WrongState(ledger.State, "announced");
        if (command.LegalBasis.Length is 0 or > BasisLength) return RestitutionRefusal.NoBasis;
        if (command.Claims.IsEmpty) return RestitutionRefusal.NoClaims;
        if (command.HeldMinor <= 0) return RestitutionRefusal.NothingLeft;
        var division = Divisions.Of(command.HeldMinor, command.Claims).Single(d => d.Method == command.Method);
        if (division.Why == DivisionReason.ForComparison) return RestitutionRefusal.ForComparison;
        // To return directly what the times do not show would take from one victim and give to another, whatever the reason.
        if (division.Why == DivisionReason.NotShownByTimes) return RestitutionRefusal.NotLegal;
        if (!division.Legal && command.Reason is null) return RestitutionRefusal.NotLegal;
        if (!division.Legal && command.Reason!.Length is 0 or > ReasonLength) return RestitutionRefusal.NoReason;
        return new DivisionAnnounced(
            now, command.HeldMinor, command.Claims, division, division.Legal ? null : command.Reason, command.LegalBasis, actor.Id,
            division.Method == DivisionMethod.Direct ? null : command.ObjectUntil);
    }

    private static Decision<RestitutionEvent> Object(RestitutionLedger ledger, TakeObjection command, Actor actor, Instant now)
    {
        if (ledger.State != LedgerState.Announced) return RestitutionRefusal.WrongState(ledger.State, "objected to");
        if (command.From.Length is 0 or > NameLength || command.Text.Length is 0 or > TextLength) return RestitutionRefusal.NoObjection;
        return new ObjectionReceived(now, ledger.Objections.Length + 1, command.From, command.Text, actor.Id);
    }

    private static Decision<RestitutionEvent> Settle(RestitutionLedger ledger, SettleObjection command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.PoliceOfficer)) return RestitutionRefusal.NotPolice;
        if (ledger.Objections.FirstOrDefault(o => o.Number == command.Objection) is not { } objection) return RestitutionRefusal.UnknownObjection;
        if (ledger.State != LedgerState.Announced) return RestitutionRefusal.WrongState(ledger.State, "settled");
        if (actor.Id == ledger.AnnouncedBy) return RestitutionRefusal.SamePerson;
        if (objection.Upheld is not null) return RestitutionRefusal.Settled;
        if (command.Reason.Length is 0 or > ReasonLength) return RestitutionRefusal.NoReason;
        return new ObjectionSettled(now, command.Objection, command.Upheld, command.Reason, actor.Id);
    }

    private static Decision<RestitutionEvent> Decide(RestitutionLedger ledger, DecideDivision command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.PoliceOfficer)) return RestitutionRefusal.NotPolice;
        if (ledger.State != LedgerState.Announced) return RestitutionRefusal.WrongState(ledger.State, "decided");
        if (actor.Id == ledger.AnnouncedBy) return RestitutionRefusal.SamePerson;
        if (command.LegalBasis.Length is 0 or > BasisLength) return RestitutionRefusal.NoBasis;
        if (ledger.ObjectUntil is { } until && now < until) return RestitutionRefusal.Notice(until);
        if (ledger.Objections.Any(o => o.Upheld is null)) return RestitutionRefusal.OpenObjection;
        // A victim who came meanwhile has a share too; deciding over the head of one cannot be mended by a later ledger.
        if (command.HeldMinor != ledger.DividedMinor || !IsStill(ledger.Division!, Divisions.Of(command.HeldMinor, command.Claims))) return RestitutionRefusal.OtherClaims;
        return new DivisionDecided(now, actor.Id, command.LegalBasis);
    }

    private static Decision<RestitutionEvent> Reopen(RestitutionLedger ledger, ReopenLedger command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.PoliceOfficer)) return RestitutionRefusal.NotPolice;
        if (ledger.State == LedgerState.Open) return Decision<RestitutionEvent>.Nothing;
        if (command.Reason.Length is 0 or > ReasonLength) return RestitutionRefusal.NoReason;
        return new LedgerReopened(now, actor.Id, command.Reason);
    }

    private static bool IsStill(Division announced, IEnumerable<Division> now) =>
        now.Single(d => d.Method == announced.Method) is var again && again.Why == announced.Why && again.Shares.SequenceEqual(announced.Shares);
}
