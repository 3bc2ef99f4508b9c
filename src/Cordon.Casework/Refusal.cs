namespace Cordon.Casework;

/// <summary>What sort of no a refusal is; it sets the HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong: 400.</summary>
    Invalid,

    /// <summary>The asker may not do this: 403.</summary>
    Forbidden,

    /// <summary>There is no such thing, or the asker may not know of it: 404.</summary>
    NotFound,

    /// <summary>It does not fit the present state: 409.</summary>
    Conflict,

    /// <summary>A rule of law or of the pack forbids it: 422.</summary>
    AgainstRule,

    /// <summary>Not now: 503.</summary>
    Busy,
}

/// <summary>A named no. Refusals are values; each module keeps its own in one closed set.</summary>
/// <param name="Code">Stable, for machines: <c>order/stop-limit</c>.</param>
/// <param name="Kind">What sort of no.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="NextStep">What the asker can do now, in one sentence.</param>
public sealed record Refusal(string Code, RefusalKind Kind, string Message, string NextStep)
{
    /// <summary>Whether the same request may succeed later without any change to it.</summary>
    public bool Retryable => Kind == RefusalKind.Busy;
}

/// <summary>A value, or the refusal of it.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    /// <summary>The refusal; null where there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value. Throws <see cref="InvalidOperationException"/> with the refusal's text where there is none.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"{Refusal.Code}: {Refusal.Message}");

    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => Refusal is null;

    /// <summary>A value is an outcome.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal is an outcome.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
