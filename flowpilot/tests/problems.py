"""Problems as engineers type them, and what is right for each: a shipped playbook, or a fix of the account's own.

PLAYBOOKS and OWN were measured while playbooks were still being written, so some playbooks have learnt from them.
HELD_OUT was written afterwards, from the playbooks' titles alone, and measures: don't write a playbook for it.
"""

PLAYBOOKS: tuple[tuple[str, str], ...] = (
    (
        "outlook pops up for credentials every minute, owa fine. dsregcmd shows AzureAdPrt YES",
        "outlook-saved-credentials",
    ),
    (
        "white modern auth window flickers for a second then gone, outlook still disconnected, no prt",
        "outlook-broker-no-prt",
    ),
    (
        "user can't log in anywhere, webmail says wrong password too, AADSTS50053 in the sign-in log",
        "account-refused-everywhere",
    ),
    ("since the migration all users get a cert warning naming the old exchange box", "autodiscover-old-server"),
    ("bounce 5.2.2 mailbox full, external senders can't reach our CFO", "mailbox-full"),
    ("our mails to gmail get rejected 5.7.26 unauthenticated, spf dkim?", "ndr-sender-unauthenticated"),
    ("NDR with IMCEAEX when replying to an old colleague after the migration", "ndr-stale-autocomplete"),
    ("one mail with a 60 MB attachment sits in the outbox and won't go or delete", "outbox-one-message"),
    ("office apps show unlicensed product banner on the new laptop, other pc fine", "office-unlicensed-product"),
    ("onedrive shows processing changes since days, blue arrows spin", "onedrive-reset"),
    ("onedrive says file name contains characters that aren't allowed", "onedrive-invalid-names"),
    ("shared mailbox info@ opens in owa but is missing in the outlook folder list", "shared-mailbox-automapping"),
    ("user gets 'you do not have permission to send on behalf' from the shared mailbox", "shared-mailbox-permission"),
    ("teams desktop stuck on sign in loop, teams in the browser works", "teams-client-cache"),
    ("everybody in the office has robotic sound in teams calls", "teams-audio-udp"),
    ("colleagues can't hear her in teams, mic works in the sound recorder", "teams-microphone-blocked"),
    ("synced sharepoint folder has padlock icons, nobody can save", "sharepoint-library-padlock"),
    ("Error 80090016 TPM has malfunctioned after board swap, all users on that laptop", "tpm-80090016-device"),
    (
        "Outlook sign in fails, trusted platform module error 0x80090016, other profiles on the pc fine",
        "tpm-80090016-user",
    ),
    ("bitlocker wants 48 digit key on every boot since docking station", "bitlocker-every-start"),
    ("BSOD DRIVER_IRQL_NOT_LESS_OR_EQUAL nvlddmkm.sys after windows update", "blue-screen-driver"),
    (
        "random bluescreens, WHEA_UNCORRECTABLE_ERROR then MEMORY_MANAGEMENT, dump shows no driver",
        "blue-screen-hardware",
    ),
    ("C: drive is red, 200 MB left, computer crawls", "disk-full"),
    ("start menu dead for one user, clicking the windows logo does nothing", "start-menu-user"),
    ("logged on with temp profile, ProfileList has the SID with .bak", "temporary-profile-bak"),
    (
        "users on the RDS farm get temporary profiles, fslogix vhdx is locked by another process",
        "temporary-profile-fslogix",
    ),
    ("windows update 0x80073712, sfc can't fix files, dism says repairable", "update-component-store"),
    ("KB install fails 0x800f0922 could not update system reserved partition", "update-efi-partition-full"),
    ("rdp session only black, but ctrl alt end menu comes up", "rdp-black-explorer"),
    ("workstation lost trust with the domain, we have the local admin pw", "trust-local-admin"),
    ("trust relationship broken, laps password doesn't work, no local admin", "trust-no-local-admin"),
    ("user's account locks every ten minutes after password change, 4740 names her old laptop", "lockout-known-caller"),
    ("4740 lockouts with empty caller computer at night", "lockout-blank-caller"),
    ("AADSTS53003 from hotel wifi abroad, laptop is compliant", "conditional-access-location"),
    ("lost phone, no other mfa method registered, locked out", "mfa-no-method-left"),
    ("repadmin shows 8614, the dc was powered off since spring", "replication-tombstone"),
    (
        "Neuer Mitarbeiter ist im AD angelegt, taucht aber in 365 nicht auf, proxyAddresses doppelt",
        "sync-one-user-missing",
    ),
    ("Uhrzeit im ganzen Netz 7 Minuten falsch, keiner kann sich anmelden", "time-skew-domain"),
    ("Drucker wird als offline angezeigt, Weboberfläche vom Drucker geht aber auf, Port WSD", "offline-wsd-port"),
    ("Druckaufträge bleiben in der Warteschlange hängen, Spooler beendet sich", "spooler-stops"),
    ("0x0000011b beim Verbinden mit dem freigegebenen Drucker", "error-0x0000011b"),
    ("Kopierer kann nicht mehr per Mail scannen, 535 5.7.139", "scan-to-mail"),
    ("Veeam bricht mit VSS Fehler 0x80042306 ab", "vss-0x80042306"),
    ("backup job failed, repository out of disk space", "repository-is-full"),
    ("L2TP vpn error 809 from the home office router", "vpn-error-809"),
)
"""What was typed, and the slug of the right playbook."""

HELD_OUT: tuple[tuple[str, str], ...] = (
    ("sage crm started as admin can't find drive S:, in explorer it is there", "mapped-drive-elevated"),
    ("network drives have red crosses after login but open when clicked", "mapped-drive-at-sign-in"),
    ("access says data source name not found, IM002, after moving to 64 bit office", "odbc-32-or-64-bit"),
    ("ERP can't save anymore, sql express database reached 10 gb", "sql-express-full"),
    (
        "password reset on prem works at the pc but 365 still wants the old one, for the whole company",
        "password-hash-sync-stopped",
    ),
    ("ubuntu box out of space, du shows only half of what df shows", "disk-full-deleted-files"),
    ("/var/log eats the whole disk of the linux server", "disk-full-large-files"),
    ("imac keeps prompting for the login keychain password since she changed it", "keychain-asks-again"),
    ("none of our macs and iphones check in to intune anymore, apns?", "mdm-apns-expired"),
    ("phone calendar is missing the meetings that outlook on the desktop has", "calendar-phone-behind"),
    ("intune says app install failed 0x87d1041c but the program is there", "intune-app-not-detected"),
    (
        "customer writes to our sales distribution list and gets a bounce, internal mails are ok",
        "ndr-group-refuses-outsiders",
    ),
    ("user's auto forward to his gmail bounces 5.7.520", "ndr-external-forwarding"),
    (
        "she receives mail fine but everything she sends comes back 5.1.8 access denied bad outbound sender",
        "ndr-bad-outbound-sender",
    ),
    ("outlook hangs not responding whenever she opens a mail, fine in safe mode", "outlook-freezes-add-in"),
    ("pst error, the file xyz.ost cannot be opened, scanpst?", "ost-damaged"),
    ("new PCs get 169.254 addresses, address pool exhausted", "dhcp-scope-exhausted"),
    ("whole LAN dead, all switch leds blinking like mad", "switch-loop"),
    ("copying big files over the site to site tunnel stalls, ping is fine, mtu?", "large-transfers-hang-mtu"),
    ("unifi aps say adoption failed since we moved the controller to the cloud", "unifi-adoption-failed"),
    ("wireguard: latest handshake never", "wireguard-no-handshake"),
    ("wireguard connects but can't reach the 10.20.0.0 subnet behind it", "wireguard-allowed-ips"),
    ("at lunch callers hear the after hours greeting in teams", "auto-attendant-hours"),
    ("sip phones unregister every few minutes after the router swap", "sip-registration"),
    ("new desk phone gets no vlan, sits in the data network and won't boot", "desk-phone-wrong-vlan"),
    ("popup bottom right says virus found, chrome notifications", "browser-notification-popups"),
    ("big red microsoft warning with phone number fills the screen, beeping", "full-screen-scareware"),
    ("her mailbox sends spam, inbox rule moves everything to RSS feeds", "mailbox-taken-over"),
    ("files on the share are getting .locked extension right now", "ransomware-still-running"),
    ("user clicked a phishing link, nothing was sent from the mailbox", "phishing-mail-only-received"),
    ("ninja agent shows offline but the pc is running and online", "remote-agent-offline"),
    ("defender quarantined our accounting exe", "antivirus-quarantined-application"),
    ("windows hello pin: something happened and your pin isn't available", "hello-pin-unavailable"),
    ("hyper-v volume nearly full of avhdx files", "hyper-v-checkpoint-merge"),
    ("excel files from the server take a minute to open, local ones are fast", "office-files-slow-links"),
    ("Dockingstation: beide Monitore bleiben schwarz, direkt am Laptop geht der Bildschirm", "dock-screens-dark"),
    ("Windows 11 Upgrade rollt zurück, 0xC1900101", "upgrade-rolls-back-driver"),
    ("Niemand kommt mehr per RDP rein, Zertifikat abgelaufen", "rds-certificate-expired"),
    ("Anmeldung: Domäne nicht verfügbar, Laptop ist im Homeoffice", "domain-not-available"),
    ("Eine Webseite bleibt in Chrome weiß, in Edge geht sie", "browser-page-blank"),
)
"""As PLAYBOOKS; written after the playbooks."""

OWN: tuple[tuple[str, str, str, str], ...] = (
    (
        "Sage 50 won't open",
        "Sage 50 on SRV-APP-03 says the Pervasive engine is not running, error 3110 since the patch night.",
        "Restart the Actian PSQL engine on the application server",
        "sage comes up with 3110, database engine?",
    ),
    (
        "CAD plotter cuts off drawings",
        "HP DesignJet T830 clips the right edge of A1 plots from AutoCAD.",
        "Set the plotter's margin layout to oversize in the driver",
        "designjet cuts the edge of A1 sheets in autocad",
    ),
    (
        "Kassensystem bucht nicht",
        "Kasse 2 im Laden meldet TSE nicht verfügbar, Fehler 0x2700.",
        "TSE-Dienst neu starten und Swissbit-Treiber aktualisieren",
        "kasse meldet wieder TSE nicht verfügbar",
    ),
    (
        "Dictation foot pedal not recognised",
        "Philips SpeechExec on the terminal server doesn't see the foot pedal any more.",
        "Reinstall the Philips device extension on the thin client",
        "speechexec foot switch dead on the RDS session",
    ),
    (
        "Slow file access at the branch",
        r"Opening \\srv-file01\projects takes a minute from the Leeds branch since the line was changed.",
        "Exclude SMB from the branch firewall's deep inspection",
        r"Leeds: explorer hangs for a minute on \\srv-file01\projects",
    ),
    (
        "Door controller offline",
        "Paxton Net2 shows both doors offline after the switch was replaced, PoE port 14.",
        "Give the door controller's port PoE priority and VLAN 40",
        "net2 says doors are offline, paxton",
    ),
    (
        "DATEV startet nicht",
        "DATEV Arbeitsplatz bleibt beim Start stehen, LIMA Dienst nicht erreichbar, ERR 00114.",
        "LIMA-Dienst auf dem DATEV-Server neu starten",
        "datev hängt beim starten, lima nicht erreichbar",
    ),
    (
        "Handhelds lose connection in the warehouse",
        "Zebra TC52 scanners drop off the Wi-Fi between aisles 7 and 9.",
        "Turn on 802.11r and lower the transmit power of the aisle access points",
        "zebra scanners roam badly in the warehouse, drop wifi",
    ),
    (
        "Camera recordings missing",
        "Milestone XProtect has gaps at night, storage pool D: archive failed.",
        "Move the archiving window away from the backup of the recording server",
        "gaps in milestone recordings every night",
    ),
    (
        "Practice software can't print labels",
        "Label printer Dymo 450 prints blank labels from Medistar.",
        "Replace the Dymo v8 driver with the one for Turbo",
        "dymo only blank labels out of medistar",
    ),
    (
        "Teams room has no picture",
        "Logitech Rally in the board room: no camera in Teams after the firmware update 1.13.",
        "Roll the Logitech Rally back to the firmware before 1.13",
        "board room camera black since the rally firmware update",
    ),
    (
        "VPN drops for the sales team",
        "FortiClient disconnects after exactly 8 hours, error -14, sales laptops only.",
        "Raise the SSL VPN authentication timeout on the FortiGate",
        "forticlient kicks sales people out every 8 hours",
    ),
    (
        "Phones ring without sound",
        "Yealink T54W behind the new firewall: one-way audio on external calls.",
        "Switch SIP ALG off on the firewall",
        "yealink: caller hears nothing on external calls since the firewall swap",
    ),
    (
        "Lexware Sicherung scheitert",
        "Lexware pro bricht die Datensicherung mit Fehler F:SYB-0 ab.",
        "Datenbankdienst von Lexware vor der Sicherung anhalten",
        "lexware datensicherung geht nicht, SYB-0",
    ),
    (
        "Time clock doesn't sync",
        "Timemaster terminal at gate 2 shows yesterday's bookings, TCP 8000 blocked.",
        "Open TCP 8000 from the terminal VLAN to the Timemaster server",
        "timemaster terminal bookings don't arrive",
    ),
)
"""An earlier session of the account: title, problem, the fix that worked; and a later problem like it."""

UNRELATED = (
    "the coffee machine in the kitchen leaks water",
    "please order 20 new chairs for the meeting room",
    "wann macht die Kantine am Freitag zu",
    "Der Aufzug im Bürogebäude steckt fest",
    "our accountant needs the invoice from last march",
    "can someone water the plants while I am away",
    "die Heizung im dritten Stock ist kalt",
    "we want a quote for a new website",
)
"""Problems that nothing fits."""

MISTAKEN: tuple[tuple[str, str], ...] = (
    ("MacBook cannot print to the office printer after macOS update", "printing-after-macos-update"),
    ("Internet down at whole office, ISP router lights red", "internet-provider-outage"),
    (
        "Kollegin hat Ordner auf dem Server gelöscht, bitte wiederherstellen",
        "file-restore-previous-versions",
    ),
    ("user deleted a folder in the teams channel by mistake, can you restore it", "file-restore-recycle-bin"),
    ("Teams startet nicht, weißer Bildschirm", "teams-white-screen"),
    ("Laufwerk C: voll", "disk-full"),
    ("Excel file locked for editing", "excel-file-locked"),
    ("NDR 550 5.7.708 access denied, traffic not accepted from this IP", "ndr-tenant-throttled"),
    ("Windows activation fails 0xC004F074", "activation-kms"),
    ("MacBook wifi keeps dropping", "wifi-drops-on-a-mac"),
    ("Drucker offline", "offline-wsd-port"),
)
"""Usual tickets for which another playbook came first, or none: before there was one, or one with these words."""

UNFIT: tuple[tuple[str, str], ...] = (
    ("please create a new user for Anna Smith at Pemberlow", "Pemberlow"),
    ("please create a new user for Anna Smith at Pemberlow", ""),
    ("VPN disconnects every 10 minutes and also the printer in the hall is offline", ""),
    ("Outlook broken, password: Geheim123!", ""),
    ("Ines at Pemberlow needs a bigger monitor", ""),
    ("Pemberlow: the new laptop for Mr. Ridley has arrived, please set it up", "Pemberlow"),
    ("Bitte Zugang für Frau Seidel zum Laufwerk Buchhaltung einrichten", ""),
    ("mouse and keyboard of the reception pc are broken", ""),
    ("new starter on monday, needs laptop and phone", ""),
    ("can we get a second monitor for Ben's desk", ""),
    ("Adobe Acrobat licence for two users in marketing", ""),
    ("Passwort: Sommer2026! geht nicht", ""),
    ("Outlook add-in missing", ""),
    ("Please reset the password for Julia Meier", ""),
    ("Keyboard types wrong characters", ""),
    ("wifi slow in the meeting room", ""),
    ("Set up email on a new iPhone for Tom Baker", ""),
    ("Zoom meeting has no sound", ""),
)
"""Tickets about something that no playbook is for, in words that many tickets have; and their client."""
