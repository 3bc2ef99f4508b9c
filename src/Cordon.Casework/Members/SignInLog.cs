using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Members;

/// <summary>The façade of what happens at the door: each sign-in, failure and lock-out is an event of the audit log.</summary>
/// <param name="store">The database.</param>
public sealed class SignInLog(CaseworkStore store)
{
    private static readonly Actor Door = Actor.System("sign-in");

    /// <summary>Somebody signed in. A refusal means that it is not recorded, and the session must not stand.</summary>
    public Task<Outcome<Guid>> SignedInAsync(Guid person, SignInStep last, string? from, CancellationToken cancel = default) =>
        RecordAsync(Themselves(person), person, now => [new PersonSignedIn(now, last, from)], cancel);

    /// <summary>Somebody failed, and is locked out by it where <paramref name="lockedUntil"/> says so.</summary>
    public Task<Outcome<Guid>> FailedAsync(Guid person, SignInStep step, string? from, Instant? lockedUntil, CancellationToken cancel = default) =>
        RecordAsync(Door, person, now => lockedUntil is { } until ? [new PersonSignInFailed(now, step, from), new PersonLockedOut(now, until)] : [new PersonSignInFailed(now, step, from)], cancel);

    /// <summary>Somebody signed out.</summary>
    public Task<Outcome<Guid>> SignedOutAsync(Guid person, CancellationToken cancel = default) =>
        RecordAsync(Themselves(person), person, now => [new PersonSignedOut(now)], cancel);

    /// <summary>Somebody set up the second step, or took it away.</summary>
    public Task<Outcome<Guid>> SecondStepAsync(Guid person, bool on, CancellationToken cancel = default) =>
        RecordAsync(Themselves(person), person, now => [new PersonSecondStepSet(now, on)], cancel);

    private static Actor Themselves(Guid person) => new($"person:{person}", null, new HashSet<string>());

    private Task<Outcome<Guid>> RecordAsync(Actor actor, Guid id, Func<Instant, PersonEvent[]> happened, CancellationToken cancel) =>
        store.ChangeAsync<Guid>(actor, async change =>
        {
            var standing = await change.Db.Set<PersonStanding>().SingleOrDefaultAsync(s => s.Id == id, cancel);
            if (standing is null) return PersonRefusal.NotFound;
            foreach (var e in happened(change.Now)) change.Record(standing, e);
            return id;
        }, cancel);
}
