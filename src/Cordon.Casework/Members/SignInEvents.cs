using Cordon.Engine.Signals;

namespace Cordon.Casework.Members;

/// <summary>A step of signing in.</summary>
public enum SignInStep
{
    /// <summary>The password.</summary>
    Password,

    /// <summary>The one-time code, or a recovery code.</summary>
    Code,

    /// <summary>A click on the demo's sign-in page; under <c>demo</c> only.</summary>
    Demo,
}

/// <summary>A person signed in.</summary>
/// <param name="At">When.</param>
/// <param name="Last">The last step that was asked for.</param>
/// <param name="From">The address that the person came from.</param>
[EventName("person.signed-in")]
public sealed record PersonSignedIn(Instant At, SignInStep Last, [property: Personal] string? From) : PersonEvent(At);

/// <summary>Somebody tried to sign in as a person and failed.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step that failed.</param>
/// <param name="From">The address that the try came from.</param>
[EventName("person.sign-in-failed")]
public sealed record PersonSignInFailed(Instant At, SignInStep Step, [property: Personal] string? From) : PersonEvent(At);

/// <summary>A person is locked out after too many failures; tries meanwhile are no events, or anybody could fill the log.</summary>
/// <param name="At">When.</param>
/// <param name="Until">Until when.</param>
[EventName("person.locked-out")]
public sealed record PersonLockedOut(Instant At, Instant Until) : PersonEvent(At);

/// <summary>A person signed out.</summary>
/// <param name="At">When.</param>
[EventName("person.signed-out")]
public sealed record PersonSignedOut(Instant At) : PersonEvent(At);

/// <summary>A person set up the second step of sign-in, or took it away.</summary>
/// <param name="At">When.</param>
/// <param name="On">Whether a code is asked for from now on.</param>
[EventName("person.second-step-set")]
public sealed record PersonSecondStepSet(Instant At, bool On) : PersonEvent(At);
