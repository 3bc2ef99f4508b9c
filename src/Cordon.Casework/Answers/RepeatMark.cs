namespace Cordon.Casework.Answers;

/// <summary>How a POST endpoint treats <c>Idempotency-Key</c>. Without this mark the header is optional, and honoured where sent.</summary>
public enum RepeatRule
{
    /// <summary>Optional; the answer is stored and repeated.</summary>
    Optional,

    /// <summary>Required, because the server makes the id: a blind repeat would make a second thing.</summary>
    Required,

    /// <summary>Required, and the answer holds a secret, so it is never stored: a repeat is told that it was done.</summary>
    RequiredSecret,

    /// <summary>Not looked at: every item of the body carries an id that makes its repeat recognisable.</summary>
    ByItem,
}

/// <summary>Marks a POST endpoint with its rule.</summary>
/// <param name="Rule">The rule.</param>
public sealed record RepeatMark(RepeatRule Rule);
