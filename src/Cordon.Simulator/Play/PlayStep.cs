using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Simulator.Play;

/// <summary>What happened between two instants of a play.</summary>
/// <param name="Until">The end, included.</param>
/// <param name="Signals">What members told, in time order.</param>
/// <param name="Reports">Victims' reports that came in.</param>
/// <param name="Replies">Members' answers to stop orders.</param>
/// <param name="Refused">Transfers that were tried and did not happen: not enough money, held money, or a stopped account. No one tells these.</param>
public sealed record PlayStep(
    Instant Until, ImmutableArray<Signal> Signals, ImmutableArray<ProvinceReport> Reports, ImmutableArray<StopReply> Replies,
    ImmutableArray<Transfer> Refused);

/// <summary>A payment institution's answer about an order reference.</summary>
/// <param name="At">When it comes.</param>
/// <param name="Legs">The legs that left the pool under that reference up to the asking, with the reference filled in; their ids are those of the signals told without it.</param>
public sealed record EnquiryAnswer(Instant At, ImmutableArray<Transfer> Legs);
