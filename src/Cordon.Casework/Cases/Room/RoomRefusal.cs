namespace Cordon.Casework.Cases.Room;

/// <summary>Every way work on a case can be refused.</summary>
internal static class RoomRefusal
{
    public static readonly Refusal NoReason = new("case/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 2,000 characters is needed.", "Send reason.");

    public static readonly Refusal Closed = new("case/closed", RefusalKind.Conflict,
        "The case is closed.", "Reopen it first.");

    public static readonly Refusal NotClosed = new("case/not-closed", RefusalKind.Conflict,
        "The case is open.", "Load it again.");

    public static readonly Refusal ClosingWaits = new("case/closing-waits", RefusalKind.Conflict,
        "Somebody said already that the case is over; a second person decides.", "Load it again.");

    public static readonly Refusal NothingWaits = new("case/no-closing", RefusalKind.Conflict,
        "Nobody said that the case is over.", "Propose its closing first.");

    public static readonly Refusal SamePerson = new("case/same-person", RefusalKind.Forbidden,
        "Who says that a case is over does not close it.", "Ask a second person of the centre.");

    public static readonly Refusal NoSuchPerson = new("case/no-such-person", RefusalKind.Invalid,
        "That is nobody of the centre who is active.", "Choose a duty officer, a police officer or a supervisor.");

    public static readonly Refusal NoSuchRegion = new("case/no-such-region", RefusalKind.Invalid,
        "There is no region of that code.", "List the regions.");

    public static readonly Refusal NoTask = new("task/not-found", RefusalKind.NotFound,
        "There is no such task, or it is not yours to see.", "Load the case again.");

    public static readonly Refusal BadTask = new("task/bad", RefusalKind.Invalid,
        "A task says what is to be done in 1 to 300 characters, and by when: later than now, within a year.", "Send what and due.");

    public static readonly Refusal TaskEnded = new("task/ended", RefusalKind.Conflict,
        "The task is done or dropped already.", "Load the case again.");

    public static readonly Refusal BadNote = new("note/bad", RefusalKind.Invalid,
        "A note has 1 to 4,000 characters.", "Send text.");

    public static readonly Refusal NoEvidence = new("evidence/not-found", RefusalKind.NotFound,
        "There is no such evidence, or it is not yours to see.", "Load the case again.");

    public static readonly Refusal BadName = new("evidence/bad-name", RefusalKind.Invalid,
        "A file has a name of 1 to 200 characters without a path.", "Send name.");

    public static readonly Refusal Empty = new("evidence/empty", RefusalKind.Invalid,
        "The file is empty.", "Send its bytes as the body.");

    public static readonly Refusal TooLarge = new("evidence/too-large", RefusalKind.Invalid,
        "The file is larger than 25 MiB.", "Cut it, or hand it over otherwise and note where it lies.");

    public static readonly Refusal UnknownKind = new("evidence/unknown-kind", RefusalKind.Invalid,
        "The file is of no kind that is kept as evidence: pictures, PDF, office documents, plain text, sound and film.", "Send it as one of these.");

    public static readonly Refusal OtherKind = new("evidence/other-kind", RefusalKind.Invalid,
        "The file is not what its name says: its first bytes are of another kind.", "Send it under its true name.");

    public static readonly Refusal Removed = new("evidence/removed", RefusalKind.Conflict,
        "The evidence was removed.", "Its history says why.");

    public static readonly Refusal Damaged = new("evidence/damaged", RefusalKind.Conflict,
        "The stored file is not the one that was handed in: its hash differs.", "Tell the administrator; restore it from a backup.");

    public static Refusal Undone(string what) => new("case/undone", RefusalKind.AgainstRule,
        $"Not all is done in it: {what}.", "End these first, then close the case.");
}
