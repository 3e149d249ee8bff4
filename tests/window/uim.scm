;; Japanese is typed with anthy; Shift+Space turns it on.
(define default-im-name 'anthy-utf8)
