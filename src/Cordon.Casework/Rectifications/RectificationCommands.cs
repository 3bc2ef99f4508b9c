using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications;

/// <summary>What can be asked of a rectification.</summary>
public abstract record RectificationCommand;

/// <summary>Order a loophole to be mended. Only of a rectification that is not there yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Found">What shows the loophole.</param>
/// <param name="Pack">The hash of the pack of duties that judged.</param>
/// <param name="Terms">The terms of the pack.</param>
/// <param name="Due">By when; the pack's term counted by its calendar.</param>
public sealed record OpenRectification(Guid Id, string Number, Shortcoming Found, string Pack, RectificationTerms Terms, Instant Due) : RectificationCommand;

/// <summary>Put something more of the same cause to it. Asked of a claimed or mended one, it may refute or reopen it.</summary>
/// <param name="Found">What was found.</param>
public sealed record JoinShortcoming(Shortcoming Found) : RectificationCommand;

/// <summary>Tell how it will be mended. The member's own people only.</summary>
/// <param name="Text">What will be done, 1 to 4,000 characters.</param>
/// <param name="Officer">Who answers for it by name, 1 to 100 characters.</param>
/// <param name="Until">By when; not after the deadline that runs.</param>
public sealed record PlanRectification(string Text, string Officer, Instant Until) : RectificationCommand;

/// <summary>Say that it is mended. The member's own people only.</summary>
/// <param name="Text">What was done, 1 to 4,000 characters.</param>
/// <param name="Evidence">Records and papers that show it, at most 50 of 1 to 200 characters.</param>
public sealed record ClaimRectified(string Text, ImmutableArray<string> Evidence) : RectificationCommand;

/// <summary>Read the controls again. Cordon itself only: a reading cannot be handed in.</summary>
/// <param name="Readings">One reading of each control, over the whole span since the claim. One that is burnt may be shorter.</param>
public sealed record Recheck(ImmutableArray<ControlReading> Readings) : RectificationCommand;

/// <summary>Close by inspection what no control can tell. A person of the centre, not of the member, and not who opened it.</summary>
/// <param name="Mended">Whether it is mended.</param>
/// <param name="Reason">What was seen, 1 to 2,000 characters.</param>
public sealed record InspectRectification(bool Mended, string Reason) : RectificationCommand;

/// <summary>Contest it. The member's own people only; one open contest at a time.</summary>
/// <param name="Text">What the member says, 1 to 4,000 characters.</param>
public sealed record ContestRectification(string Text) : RectificationCommand;

/// <summary>Decide a contest. A person of the centre, not of the member, and not who opened it.</summary>
/// <param name="Contest">Its number.</param>
/// <param name="Upheld">Whether the member is right.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record DecideRectificationContest(int Contest, bool Upheld, string Reason) : RectificationCommand;

/// <summary>Look at the clock. It does nothing before something is due.</summary>
public sealed record TickRectification : RectificationCommand;
