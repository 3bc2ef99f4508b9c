using Cordon.Engine.Signals;

namespace Cordon.Simulator.Play;

/// <summary>How a member answers a stop-payment order.</summary>
public enum StopManner
{
    /// <summary>Acknowledged within 15 minutes, the money held.</summary>
    Prompt,

    /// <summary>Acknowledged after 31 minutes to 4 hours.</summary>
    Late,

    /// <summary>Never answered, nothing held.</summary>
    Silent,

    /// <summary>As <see cref="Prompt"/>, and the receipt comes a second time.</summary>
    Twice,

    /// <summary>As <see cref="Prompt"/>, but only four to eight tenths are held of what could be.</summary>
    Partly,
}

/// <summary>How likely a member answers in each manner, per thousand.</summary>
/// <param name="Member">Bank or payment institution.</param>
/// <param name="Prompt">See <see cref="StopManner.Prompt"/>.</param>
/// <param name="Late">See <see cref="StopManner.Late"/>.</param>
/// <param name="Silent">See <see cref="StopManner.Silent"/>.</param>
/// <param name="Twice">See <see cref="StopManner.Twice"/>.</param>
/// <param name="Partly">See <see cref="StopManner.Partly"/>.</param>
public sealed record StopManners(MemberCode Member, int Prompt, int Late, int Silent, int Twice, int Partly)
{
    /// <summary>Whether its slackness is planted: a failure of <c>cn.atf.20.stop-payment</c> to be found.</summary>
    public bool Slack => Prompt < 500;

    internal static StopManners For(MemberCode member, bool connected, bool slack) =>
        !connected ? new(member, 0, 0, 1000, 0, 0)
        : slack ? new(member, 300, 400, 180, 60, 60)
        : new(member, 760, 80, 30, 80, 50);

    internal StopManner Draw(Dice dice) => (StopManner)dice.Weighted([Prompt, Late, Silent, Twice, Partly]);
}

/// <summary>What a member will do with a stop order. It is decided by the seed, the account and how often that account was asked before.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Manner">In which manner.</param>
/// <param name="AcknowledgedAt">When it acknowledges; null where it never does.</param>
/// <param name="HeldAt">When it holds the money and sends the receipt; null where it never does.</param>
public sealed record StopAnswer(string OrderId, StopManner Manner, Instant? AcknowledgedAt, Instant? HeldAt);

/// <summary>What a reply to a stop order is.</summary>
public enum StopReplyKind
{
    /// <summary>The member has seen the order.</summary>
    Acknowledged,

    /// <summary>The member has acted and says how much it holds.</summary>
    Receipt,
}

/// <summary>One message of a member on a stop order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Member">Who answers.</param>
/// <param name="Account">The account.</param>
/// <param name="Kind">Acknowledgement or receipt.</param>
/// <param name="At">When.</param>
/// <param name="Held">How much is held; null on an acknowledgement.</param>
/// <param name="Repeat">Whether the same receipt came before.</param>
public sealed record StopReply(string OrderId, MemberCode Member, AccountNumber Account, StopReplyKind Kind, Instant At, Amount? Held, bool Repeat);
