using System.Collections.Immutable;

namespace Cordon.Simulator.Play;

/// <summary>How a member's system treats an order.</summary>
public enum AnswerManner
{
    /// <summary>Received within 15 minutes, carried out soon after.</summary>
    Prompt,

    /// <summary>The same, after the time to acknowledge was over.</summary>
    Late,

    /// <summary>As prompt, and every answer is sent a second time.</summary>
    Twice,

    /// <summary>No answer.</summary>
    Never,

    /// <summary>As prompt, with four to eight tenths of what was ordered.</summary>
    Partly,

    /// <summary>Reports before it has received, then more than was ordered, then as it should have been.</summary>
    Wrongly,
}

/// <summary>One answer of a member's system.</summary>
/// <param name="After">How long after the order went out.</param>
/// <param name="Reports">Whether it reports what is held or carried out; otherwise it says that it has the order.</param>
/// <param name="HeldFen">What it says it holds.</param>
/// <param name="Taken">Whether the centre should take it.</param>
public sealed record OrderAnswer(TimeSpan After, bool Reports, long HeldFen, bool Taken);

/// <summary>What becomes of an order at a member.</summary>
/// <param name="Manner">In which manner it is treated.</param>
/// <param name="Answers">The answers, in their order.</param>
/// <param name="LostAttempts">How many attempts to tell of it fail before one is received; the endpoint may be given up before.</param>
public sealed record OrderLife(AnswerManner Manner, ImmutableArray<OrderAnswer> Answers, int LostAttempts)
{
    /// <summary>Whether the member is heard of by when the order says.</summary>
    public bool InTime => Manner is not (AnswerManner.Late or AnswerManner.Never);
}

/// <summary>Members' systems that answer orders in every way there is, by a seed.</summary>
/// <param name="seed">The seed.</param>
public sealed class OrderLives(ulong seed)
{
    private readonly Dice dice = new(seed);

    /// <summary>What becomes of an order; the same for the same number, whatever was asked before.</summary>
    /// <param name="order">Its number.</param>
    /// <param name="fen">How much it orders; 0 of one that holds no money.</param>
    /// <param name="acknowledge">The time to acknowledge.</param>
    public OrderLife Of(int order, long fen, TimeSpan acknowledge)
    {
        var own = dice.Fork((ulong)order);
        var manner = (AnswerManner)own.Weighted([350, 200, 120, 120, 110, 100]);
        var received = manner == AnswerManner.Late ? acknowledge + own.Seconds(60, 4 * 3600) : own.Seconds(30, 15 * 60);
        var reported = received + own.Seconds(30, 10 * 60);
        var held = manner == AnswerManner.Partly ? fen * own.Between(40, 80) / 100 : fen;
        OrderAnswer[] usual = [new(received, false, 0, true), new(reported, true, held, true)];
        ImmutableArray<OrderAnswer> answers = manner switch
        {
            AnswerManner.Never => [],
            AnswerManner.Twice => [usual[0], usual[0], usual[1], usual[1]],
            AnswerManner.Wrongly => [new(received / 2, true, held, false), usual[0], new(reported, true, checked(fen + 1), false), usual[1] with { After = reported + own.Seconds(1, 300) }],
            _ => [.. usual],
        };
        var lost = own.Chance(600) ? 0 : own.Chance(800) ? own.Between(1, 6) : own.Between(7, 14);
        return new OrderLife(manner, answers, lost);
    }
}
